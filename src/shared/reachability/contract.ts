import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'

/**
 * Who reaches whom. A sweep is a task: its events (`tasks.events`) are one `PairResult` each, its result is a `SweepSummary`.
 */
export const reachability = {
  /** Measures every ordered pair of the endpoint's living containers, or of the given ones. */
  sweep: call(
    z.strictObject({ endpointId, containerIds: z.array(containerId).max(500).optional() })
  ).returns<{ readonly taskId: string }>()
}
