import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import { runSpec } from '../run/contract'

/** Making a container anew in another shape. */
export const recreate = {
  /**
   * Begins to replace a container by one of `spec`, and puts the old one back where that fails. A task: its events (`tasks.events`) are
   * one `RecreateEvent` each, its result is a `RecreateResult`. A container that is being recreated already is joined.
   * Errors: `invalid-input` for what this engine cannot do or what cannot be read.
   */
  start: call(
    z.strictObject({
      endpointId,
      containerId,
      /** Without a name it keeps the old one's. */
      spec: runSpec,
      /**
       * Takes what the image's name means now. Without it, one that is still named as before stays the image that the container runs,
       * also where the name has moved on since.
       */
      newImage: z.boolean().default(false),
      /** Longest wait for its health check; what the check itself may take where absent. */
      healthTimeoutSeconds: z.int().min(1).max(86_400).exactOptional()
    })
  ).returns<{ readonly taskId: string }>()
}
