import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import { MOST_WATCHED, type StatsBatch, type StatsSeries } from './model'

/** What containers use. */
export const stats = {
  /**
   * The window says which of an endpoint's containers it shows, anew each time that this changes, and gets their points, once a second
   * or so. The engine is asked of those only that somebody watches.
   */
  watch: stream({
    input: z.strictObject({ endpointId }),
    up: z.strictObject({ ids: z.array(containerId).max(MOST_WATCHED) }),
    cost: 'messages'
  }).carries<StatsBatch, void>(),
  /** What is kept of a container, an hour at most: only times at which somebody watched it. */
  history: call(z.strictObject({ endpointId, containerId })).returns<StatsSeries>()
} as const
