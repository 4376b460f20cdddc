import { z } from 'zod'
import { call } from '../bridge/contract'
import { endpointId, imageId, imageReference } from '../bridge/ids'
import type { Children, DiskUsage, ImagesRemoval } from './model'

/** What takes space at an engine, and what of it goes. */
export const cleanup = {
  /** Takes the engine seconds where there is much. Source: `GET /system/df`. */
  usage: call(z.strictObject({ endpointId })).returns<DiskUsage>(),
  /** The images that were built on these. Source: `GET /images/json?all=1`. */
  children: call(
    z.strictObject({ endpointId, imageIds: z.array(imageId).min(1).max(1000) })
  ).returns<Children>(),
  /**
   * Removes tags, and images with their last one; by id, an image with all its tags (more than one only with `force`). The others
   * go also when one stays. Source: `DELETE /images/{name}`.
   */
  removeImages: call(
    z.strictObject({
      endpointId,
      references: z
        .array(z.union([imageId, imageReference]))
        .min(1)
        .max(5000),
      force: z.boolean()
    })
  ).returns<ImagesRemoval>()
}
