import { z } from 'zod'
import { call, stream } from '../bridge/contract'

const taskId = z.uuid()

/** Tasks: cancelling one, forgetting an ended one, and reading its events from the first on. */
export const tasks = {
  cancel: call(z.strictObject({ taskId })).returns<void>(),
  dismiss: call(z.strictObject({ taskId })).returns<void>(),
  /** Batches of the task's events, replayed from the first; ends when the task does. Their shape is the feature's. */
  events: stream({
    input: z.strictObject({ taskId }),
    up: z.never(),
    cost: 'messages'
  }).carries<readonly unknown[], void>()
}
