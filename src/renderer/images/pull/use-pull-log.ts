import { useTaskLog } from '../use-task-log'
import { PullReader } from './pull-log'

const makeReader = (): PullReader => new PullReader()

/** A pull's log, live from its first event on. */
export function usePullLog(taskId: string) {
  return useTaskLog(taskId, makeReader)
}
