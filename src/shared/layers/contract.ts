import { z } from 'zod'
import { call } from '../bridge/contract'
import { endpointId, imageId } from '../bridge/ids'
import type { LayerSharing, Stratum } from './model'

const image = z.strictObject({ endpointId, imageId })

/** What an image is made of. */
export const layers = {
  /** Its history joined with its layers, the lowest first. Source: `GET /images/{name}/history`, `GET /images/{name}/json`. */
  list: call(image).returns<readonly Stratum[]>(),
  /** Which other local images share its layers. Source: `GET /images/json`, `GET /images/{name}/json` of each that is not known yet. */
  sharing: call(image).returns<LayerSharing>()
}
