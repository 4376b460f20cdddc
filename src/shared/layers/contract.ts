import { z } from 'zod'
import { call } from '../bridge/contract'
import { endpointId, imageId } from '../bridge/ids'
import type { FilesSummary, LayerFiles } from './files-model'
import type { LayerSharing, Stratum } from './model'

const image = z.strictObject({ endpointId, imageId })

const view = z.strictObject({
  layer: z.int().min(0).max(1000),
  scope: z.enum(['layer', 'all']),
  changes: z.array(z.enum(['added', 'changed', 'removed'])).max(3)
})

/** What an image is made of. */
export const layers = {
  /** Its history joined with its layers, the lowest first. Source: `GET /images/{name}/history`, `GET /images/{name}/json`. */
  list: call(image).returns<readonly Stratum[]>(),
  /** Which other local images share its layers. Source: `GET /images/json`, `GET /images/{name}/json` of each that is not known yet. */
  sharing: call(image).returns<LayerSharing>(),
  /**
   * Reads what files its layers hold, as a task; the same image that is being read already is joined. What was read is at hand until
   * other images have taken its place. Source: `GET /images/{name}/get`.
   */
  read: call(image).returns<{ readonly taskId: string }>(),
  /** What was read; null where it was not. */
  summary: call(image).returns<FilesSummary | null>(),
  /** What is in a folder as of a layer. Errors: `not-found` where the files are not at hand. */
  folder: call(image.extend({ view, node: z.int().min(0) })).returns<LayerFiles>(),
  /** Paths that hold a text, whatever its case. Errors: as `folder`. */
  find: call(image.extend({ view, text: z.string().min(1).max(500) })).returns<LayerFiles>()
}
