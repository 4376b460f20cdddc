import { randomUUID } from 'node:crypto'
import { PortolanError, toErrorData, type Subject } from '../../shared/bridge/errors'
import { isEnded, type Task } from '../../shared/tasks/model'
import { rowKey } from '../../shared/state'
import type { StateStore } from './state-store'

/** Events kept of one task: a build that prints more loses its middle, never its head or its live end. */
const KEPT_EVENTS = 200_000
const KEPT_HEAD = 20_000
/** Ended tasks kept for a window to look at. */
const KEPT_TASKS = 50
/** Progress and last line reach the state at most this often. */
const PROGRESS_MS = 100

/** What a task's work gets: how to be cancelled, and where to say how far it is. */
export interface TaskControl {
  readonly signal: AbortSignal
  /** One event for whoever reads the task's stream; plain data. */
  readonly emit: (event: unknown) => void
  readonly progress: (progress: { readonly fraction?: number; readonly line?: string }) => void
}

interface Running {
  task: Task
  readonly key: string | undefined
  readonly abort: AbortController
  readonly events: unknown[]
  dropped: number
  readonly readers: Set<() => void>
  progressTimer?: NodeJS.Timeout
}

/** Long work: main owns it, windows look at it. */
export class TaskRegistry {
  private readonly state: StateStore
  private readonly tasks = new Map<string, Running>()

  constructor(state: StateStore) {
    this.state = state
  }

  /** Starts work and answers its id; the same `key` while it runs joins the first. */
  start(
    options: {
      readonly endpointId: string
      readonly kind: string
      readonly title: string
      readonly subject?: Subject
      /** Tells two starts of the same work; absent: never the same. */
      readonly key?: string
    },
    work: (control: TaskControl) => Promise<unknown>
  ): string {
    const key = options.key && `${options.endpointId}/${options.kind}/${options.key}`
    const twin = [...this.tasks.values()].find(
      (running) => key !== undefined && running.key === key && !isEnded(running.task)
    )
    if (twin) return twin.task.id
    const running: Running = {
      task: {
        id: randomUUID(),
        endpointId: options.endpointId,
        kind: options.kind,
        title: options.title,
        ...(options.subject && { subject: options.subject }),
        state: 'running',
        startedAtMs: Date.now()
      },
      abort: new AbortController(),
      key,
      events: [],
      dropped: 0,
      readers: new Set()
    }
    this.tasks.set(running.task.id, running)
    this.publish(running)
    void this.run(running, work)
    this.forgetOldest()
    return running.task.id
  }

  /** Cancels a running task; an ended one is left as it is. Errors: `not-found`. */
  cancel(taskId: string): void {
    const running = this.find(taskId)
    if (!isEnded(running.task)) running.abort.abort()
  }

  /** Forgets an ended task. Errors: `not-found`, `conflict` while it runs. */
  dismiss(taskId: string): void {
    const running = this.find(taskId)
    if (!isEnded(running.task)) {
      throw new PortolanError({ code: 'conflict', message: 'It still runs. Cancel it first.' })
    }
    this.forget(running)
  }

  /**
   * Sends a task's events to `send`, in batches, from the first on, until the task has ended and all were sent.
   * Errors: `not-found`; what `send` throws.
   */
  async follow(
    taskId: string,
    send: (events: readonly unknown[]) => Promise<void>,
    signal: AbortSignal
  ): Promise<void> {
    const running = this.find(taskId)
    let next = 0
    for (;;) {
      // Events are dropped right after the head only: what was numbered past it has moved down by `dropped`.
      const position = next <= KEPT_HEAD ? next : Math.max(next - running.dropped, KEPT_HEAD)
      const batch = running.events.slice(position, position + 500)
      if (batch.length > 0) {
        const end = position + batch.length
        next = end <= KEPT_HEAD ? end : end + running.dropped
        await send(batch)
      } else if (isEnded(running.task)) {
        return
      } else {
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            running.readers.delete(wake)
            signal.removeEventListener('abort', wake)
            resolve()
          }
          running.readers.add(wake)
          signal.addEventListener('abort', wake)
        })
      }
      if (signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Closed.' })
    }
  }

  /** Aborts everything that runs and waits for it to end. */
  async stopAll(): Promise<void> {
    const ends = [...this.tasks.values()]
      .filter((running) => !isEnded(running.task))
      .map(
        (running) =>
          new Promise<void>((resolve) =>
            running.readers.add(() => {
              if (isEnded(running.task)) resolve()
            })
          )
      )
    for (const running of this.tasks.values()) running.abort.abort()
    await Promise.all(ends)
  }

  private async run(
    running: Running,
    work: (control: TaskControl) => Promise<unknown>
  ): Promise<void> {
    try {
      const result = await work({
        signal: running.abort.signal,
        emit: (event) => this.emit(running, event),
        progress: ({ fraction, line }) => {
          running.task = {
            ...running.task,
            ...(fraction !== undefined && { progress: fraction }),
            ...(line !== undefined && { lastLine: line.slice(0, 500) })
          }
          running.progressTimer ??= setTimeout(() => {
            delete running.progressTimer
            this.publish(running)
          }, PROGRESS_MS)
        }
      })
      this.end(running, { state: 'succeeded', ...(result !== undefined && { result }) })
    } catch (thrown) {
      const error = toErrorData(thrown)
      const cancelled = running.abort.signal.aborted || error.code === 'cancelled'
      this.end(running, cancelled ? { state: 'cancelled' } : { state: 'failed', error })
    }
  }

  private emit(running: Running, event: unknown): void {
    running.events.push(event)
    if (running.events.length > KEPT_EVENTS) {
      running.events.splice(KEPT_HEAD, KEPT_EVENTS / 10)
      running.dropped += KEPT_EVENTS / 10
    }
    wakeAll(running)
  }

  private end(running: Running, end: Partial<Task> & Pick<Task, 'state'>): void {
    clearTimeout(running.progressTimer)
    delete running.progressTimer
    running.task = { ...running.task, ...end, endedAtMs: Date.now() }
    this.publish(running)
    wakeAll(running)
  }

  private publish(running: Running): void {
    this.state.put('tasks', running.task)
  }

  private find(taskId: string): Running {
    const running = this.tasks.get(taskId)
    if (!running) {
      throw new PortolanError({
        code: 'not-found',
        message: 'This task is no longer known.',
        subject: { kind: 'task', id: taskId }
      })
    }
    return running
  }

  private forget(running: Running): void {
    this.tasks.delete(running.task.id)
    this.state.remove('tasks', rowKey(running.task))
  }

  private forgetOldest(): void {
    const ended = [...this.tasks.values()].filter((running) => isEnded(running.task))
    for (const running of ended.slice(0, Math.max(0, ended.length - KEPT_TASKS)))
      this.forget(running)
  }
}

/** A reader that wakes takes itself off the set. */
function wakeAll(running: Running): void {
  for (const wake of Array.from(running.readers)) wake()
}
