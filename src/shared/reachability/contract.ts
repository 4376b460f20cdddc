import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import type { PairDepth } from './depth'
import { MOST_FOLLOWED, type FollowRound } from './follow'
import type { KeptSweep } from './kept'

const port = z.int().min(1).max(65_535)
const pair = z.strictObject({ sourceId: containerId, targetId: containerId })

/**
 * Who reaches whom. Whether the privileged helper may be used is a setting, by engine: see `consent.ts`. A sweep is a task: its
 * events (`tasks.events`) are one `PairResult` each, its result is a `SweepSummary`.
 */
export const reachability = {
  /** Measures every ordered pair of the endpoint's living containers, or of the given ones. Whole sweeps are kept: `history`. */
  sweep: call(
    z.strictObject({ endpointId, containerIds: z.array(containerId).max(500).optional() })
  ).returns<{ readonly taskId: string }>(),
  /** Measures one ordered pair anew and looks at it closely. `ports`: TCP ports to ask as well. */
  pair: call(
    z.strictObject({
      endpointId,
      sourceId: containerId,
      targetId: containerId,
      ports: z.array(port).max(32).optional()
    })
  ).returns<PairDepth>(),
  /**
   * Pings pairs once a second for as long as the stream is open. The window says which, anew each time that this changes: given pairs,
   * and every ordered pair of given containers. Grant a credit for each round.
   */
  follow: stream({
    input: z.strictObject({ endpointId }),
    up: z.strictObject({
      pairs: z.array(pair).max(MOST_FOLLOWED).default([]),
      containerIds: z.array(containerId).max(32).default([])
    }),
    cost: 'messages'
  }).carries<FollowRound, void>(),
  /** The last whole sweeps of the endpoint's engine, the oldest first, also of earlier starts; `difference` compares two. */
  history: call(z.strictObject({ endpointId })).returns<readonly KeptSweep[]>()
}
