import type { ErrorData, Subject } from '../bridge/errors'

export type TaskState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

/** Long work that main owns: it goes on when its tab closes, and a window that reloads finds it again. */
export interface Task {
  readonly id: string
  readonly endpointId: string
  /** `feature.verb` of the call that started it. */
  readonly kind: string
  /** What it is about, as a person says it: an image's tag, a number of containers. */
  readonly title: string
  readonly subject?: Subject
  readonly state: TaskState
  /** 0 to 1; absent while it is unknown. */
  readonly progress?: number
  readonly lastLine?: string
  /** Events that were left out because there were too many; they lie behind the first ones. */
  readonly lostEvents?: number
  readonly startedAtMs: number
  readonly endedAtMs?: number
  readonly error?: ErrorData
  /** What it ended with; plain data, its shape is the feature's. */
  readonly result?: unknown
}

export function isEnded(task: Pick<Task, 'state'>): boolean {
  return task.state === 'succeeded' || task.state === 'failed' || task.state === 'cancelled'
}
