import { useEffect, useState, useSyncExternalStore } from 'react'
import type { BuildEvent } from '../../../shared/builds/model'
import type { ErrorData } from '../../../shared/bridge/errors'
import { openStream } from '../../bridge/stream'
import { BuildLog } from './build-log'

/** Batches that main may send ahead of what was handled. */
const CREDIT = 4

/** Reads a build's events into a log; the window paints once a frame, however many come. */
class LogReader {
  log = new BuildLog()
  error: ErrorData | undefined
  #painted = 0
  #frame: number | undefined
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly version = (): number => this.#painted

  /** Reads from the first event on. Answers how to stop. */
  read(taskId: string): () => void {
    this.log = new BuildLog()
    const client = openStream('tasks.events', { taskId }, CREDIT, {
      onData: (events) => {
        this.log.accept(events as readonly BuildEvent[])
        client.grant(1)
        this.changed()
      },
      onEnd: () => this.changed(),
      onError: (error) => {
        this.error = error
        this.changed()
      }
    })
    return () => {
      client.close()
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    }
  }

  changed(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined
      this.#painted++
      for (const listener of this.#listeners) listener()
    })
  }
}

/** A build's log, live from its first event on; the component is painted anew with each change. */
export function useBuildLog(taskId: string): {
  readonly log: BuildLog
  readonly error: ErrorData | undefined
} {
  const [reader] = useState(() => new LogReader())
  useEffect(() => reader.read(taskId), [reader, taskId])
  useSyncExternalStore(reader.subscribe, reader.version)
  return { log: reader.log, error: reader.error }
}
