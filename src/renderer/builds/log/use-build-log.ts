import { useEffect, useState, useSyncExternalStore } from 'react'
import type { BuildEvent } from '../../../shared/builds/model'
import type { ErrorData } from '../../../shared/bridge/errors'
import { openStream } from '../../bridge/stream'
import { BuildLog } from './build-log'

/** Batches that main may send ahead of what was painted: one is up to a megabyte, and all that come are read within one frame. */
const CREDIT = 1
/** How often a window that is hidden looks at what came. */
const HIDDEN_MS = 100

/** Where a log comes from: the task that does the build, or what was kept of an earlier one. */
export type LogSource = 'task' | 'kept'

/** Reads a build's events into a log; the window paints once a frame, however many come. */
class LogReader {
  log = new BuildLog()
  error: ErrorData | undefined
  #painted = 0
  #frame: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #afterwards: (() => void)[] = []
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly version = (): number => this.#painted

  /** Reads from the first event on. Answers how to stop. */
  read(buildId: string, source: LogSource): () => void {
    this.log = new BuildLog()
    const listener = {
      onData: (events: readonly unknown[]) => {
        this.log.accept(events as readonly BuildEvent[])
        this.changed(() => client.grant(1))
      },
      onEnd: () => this.changed(),
      onError: (error: ErrorData) => {
        this.error = error
        this.changed()
      }
    }
    const client =
      source === 'task'
        ? openStream('tasks.events', { taskId: buildId }, CREDIT, listener)
        : openStream('builds.log', { buildId }, CREDIT, listener)
    return () => {
      client.close()
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
      clearTimeout(this.#timer)
    }
  }

  /** Paints with the next frame, and asks for more only then: a flood leaves time for the window. */
  changed(afterwards?: () => void): void {
    if (afterwards) this.#afterwards.push(afterwards)
    const isWaiting = this.#frame !== undefined || this.#timer !== undefined
    if (isWaiting) return
    // A window that nobody sees has no frames.
    if (document.hidden) this.#timer = setTimeout(() => this.#paint(), HIDDEN_MS)
    else this.#frame = requestAnimationFrame(() => this.#paint())
  }

  #paint(): void {
    this.#frame = undefined
    this.#timer = undefined
    this.#painted++
    for (const listener of this.#listeners) listener()
    for (const each of this.#afterwards.splice(0)) each()
  }
}

/** A build's log, live from its first event on; the component is painted anew with each change. */
export function useBuildLog(
  buildId: string,
  source: LogSource
): {
  readonly log: BuildLog
  readonly error: ErrorData | undefined
} {
  const [reader] = useState(() => new LogReader())
  useEffect(() => reader.read(buildId, source), [reader, buildId, source])
  useSyncExternalStore(reader.subscribe, reader.version)
  return { log: reader.log, error: reader.error }
}
