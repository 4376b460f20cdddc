import { z } from 'zod'
import { call } from '../bridge/contract'
import { endpointId, imageId, imageReference } from '../bridge/ids'
import type { ImageRemoval } from './model'

/** The verbs on images. */
export const images = {
  /** Removes a tag, and the image with its last one; or, given an id, the image with all its tags. */
  remove: call(
    z.strictObject({
      endpointId,
      reference: z.union([imageId, imageReference]),
      force: z.boolean()
    })
  ).returns<ImageRemoval>(),
  /** The engine's own JSON. Source: `GET /images/{name}/json`. */
  inspect: call(z.strictObject({ endpointId, imageId })).returns<unknown>()
}
