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
  inspect: call(z.strictObject({ endpointId, imageId })).returns<unknown>(),
  /**
   * Fetches an image from its registry, as a task whose events are `PullEvent`s and whose result is a `PullResult`; the same pull
   * that runs already is joined. Without a tag: `latest`. Source: `POST /images/create`.
   */
  pull: call(
    z.strictObject({
      endpointId,
      reference: imageReference,
      /** `os/arch[/variant]`; default: the engine's own. */
      platform: z
        .string()
        .max(64)
        .regex(/^[a-z0-9]+(\/[a-z0-9]+){0,2}$/)
        .optional()
    })
  ).returns<{ readonly taskId: string }>(),
  /** Gives an image another name; another image that has it loses it. Source: `POST /images/{name}/tag`. */
  tag: call(
    z.strictObject({
      endpointId,
      source: z.union([imageId, imageReference]),
      reference: imageReference
    })
  ).returns<{
    readonly reference: string
  }>(),
  /**
   * Sends an image to the registry that its reference names, as a task whose events are `PushEvent`s and whose result is a `PushResult`;
   * the same push that runs already is joined. Source: `POST /images/{name}/push`.
   */
  push: call(z.strictObject({ endpointId, reference: imageReference })).returns<{
    readonly taskId: string
  }>()
}
