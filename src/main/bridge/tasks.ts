import { randomUUID } from 'node:crypto'
import { PortolanError, toErrorData, type Subject } from '../../shared/bridge/errors'
import { isEnded, type Task } from '../../shared/tasks/model'
import { rowKey } from '../../shared/state'
import type { StateStore } from './state-store'

/** Events kept of one task: a build that prints more loses its middle, never its head or its live end. */
const KEPT_EVENTS = 300_000
/** The head that is always kept: so many events, or so many bytes, whichever comes first. */
const HEAD_EVENTS = 20_000
const HEAD_BYTES = 8 * 1024 * 1024
/** Bytes of events kept of one task, as far as whoever emits them tells. */
const KEPT_BYTES = 64 * 1024 * 1024
/** What an event counts for whose size nobody told. */
const EVENT_BYTES = 200
/** A reader gets at most so much in one message. */
const BATCH_EVENTS = 500
const BATCH_BYTES = 1024 * 1024
/** Ended tasks kept for a window to look at. */
const KEPT_TASKS = 50
/** Progress and last line reach the state at most this often. */
const PROGRESS_MS = 100

/** What a task's work gets: how to be cancelled, and where to say how far it is. */
export interface TaskControl {
  readonly taskId: string
  readonly signal: AbortSignal
  /** One event for whoever reads the task's stream; plain data. `sizeBytes`: about how large, where it may be large. */
  readonly emit: (event: unknown, sizeBytes?: number) => void
  readonly progress: (progress: { readonly fraction?: number; readonly line?: string }) => void
}

interface TaskEvent {
  readonly event: unknown
  readonly sizeBytes: number
}

interface Running {
  task: Task
  readonly key: string | undefined
  readonly abort: AbortController
  readonly events: TaskEvent[]
  bytes: number
  /** Where the head ends; infinite while it still grows. */
  head: number
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
      bytes: 0,
      head: Infinity,
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
      const position = next <= running.head ? next : Math.max(next - running.dropped, running.head)
      const batch = takeBatch(running.events, position)
      if (batch.length > 0) {
        const end = position + batch.length
        next = end <= running.head ? end : end + running.dropped
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
        taskId: running.task.id,
        signal: running.abort.signal,
        emit: (event, sizeBytes = EVENT_BYTES) => this.emit(running, { event, sizeBytes }),
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

  private emit(running: Running, event: TaskEvent): void {
    running.events.push(event)
    running.bytes += event.sizeBytes
    const headIsFull = running.events.length >= HEAD_EVENTS || running.bytes >= HEAD_BYTES
    if (running.head === Infinity && headIsFull) running.head = running.events.length
    if (running.events.length > KEPT_EVENTS || running.bytes > KEPT_BYTES) dropMiddle(running)
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

/** Drops a tenth of what lies behind the head, and says in the task how much was lost. */
function dropMiddle(running: Running): void {
  const count = Math.ceil(Math.max(0, running.events.length - running.head) / 10)
  const lost = running.events.splice(running.head, count)
  if (lost.length === 0) return
  running.dropped += lost.length
  for (const { sizeBytes } of lost) running.bytes -= sizeBytes
  running.task = { ...running.task, lostEvents: running.dropped }
}

function takeBatch(events: readonly TaskEvent[], from: number): unknown[] {
  const batch: unknown[] = []
  let bytes = 0
  for (
    let at = from;
    at < events.length && batch.length < BATCH_EVENTS && bytes < BATCH_BYTES;
    at += 1
  ) {
    batch.push(events[at]?.event)
    bytes += events[at]?.sizeBytes ?? 0
  }
  return batch
}

/** A reader that wakes takes itself off the set. */
function wakeAll(running: Running): void {
  for (const wake of Array.from(running.readers)) wake()
}
