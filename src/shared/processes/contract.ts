import { z } from 'zod'
import type { ErrorData } from '../bridge/errors'
import { stream } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import type { ProcessTable } from './model'

/** A reading of the processes, or why there is none. */
export type ProcessReading =
  | { readonly kind: 'table'; readonly table: ProcessTable; readonly atMs: number }
  | { readonly kind: 'failed'; readonly error: ErrorData }

/** What runs in a container. */
export const processes = {
  /**
   * The processes now, again whenever something is executed in the container, when the window asks, and every two seconds while it
   * wants them live.
   */
  watch: stream({
    input: z.strictObject({ endpointId, containerId }),
    up: z.union([
      z.strictObject({ live: z.boolean() }),
      z.strictObject({ refresh: z.literal(true) })
    ]),
    cost: 'messages'
  }).carries<ProcessReading, void>()
} as const
