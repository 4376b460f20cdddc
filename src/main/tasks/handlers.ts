import type { tasks } from '../../shared/tasks/contract'
import type { HandlersOf } from '../bridge/handlers'

export const taskHandlers: HandlersOf<typeof tasks> = {
  cancel: async ({ taskId }, { tasks }) => tasks.cancel(taskId),
  dismiss: async ({ taskId }, { tasks }) => tasks.dismiss(taskId),
  events: async ({ taskId }, stream, { tasks }) => tasks.follow(taskId, stream.send, stream.signal)
}
