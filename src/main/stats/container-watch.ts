import { setTimeout as delay } from 'node:timers/promises'
import { PortolanError } from '../../shared/bridge/errors'
import type { StatsReading } from '../../shared/stats/reading'
import type { Engine } from '../engine/engine'
import { readStats } from './operations'

/** How long to wait before a stream that ended is opened again, in ms: at first, doubled each time nothing came, and at most. */
export interface Patience {
  readonly firstMs: number
  readonly mostMs: number
}

const PATIENCE: Patience = { firstMs: 1000, mostMs: 30_000 }

/** Ends that say nothing new: the container or the engine went away, and its row will say so. */
const EXPECTED = new Set(['not-found', 'engine-unreachable', 'cancelled', 'protocol', 'conflict'])

/** What a watch needs to know of its container. */
export interface Watched {
  readonly containerId: string
  /** The engine while there is something to read: it is connected, and the container runs or is paused. */
  readonly engine: () => Engine | undefined
  readonly onReading: (reading: StatsReading) => void
  /** What went wrong that nobody waits for. */
  readonly report: (error: unknown) => void
  readonly patience?: Patience
}

/**
 * Keeps one container's stats stream open as long as there is something to read. A stream that ends is not a dead container (that
 * comes as an event): it is opened again, after a while. Wake it when its container or its engine has changed.
 */
export class ContainerWatch {
  readonly #watched: Watched
  readonly #closing = new AbortController()
  #stream: AbortController | undefined
  #nudge: AbortController | undefined
  /** Resolves when all has ended. */
  readonly ended: Promise<void>

  constructor(watched: Watched) {
    this.#watched = watched
    this.ended = this.#run()
  }

  /** Looks again whether there is something to read, at once. */
  wake(): void {
    if (!this.#watched.engine()) this.#stream?.abort()
    this.#nudge?.abort()
  }

  close(): void {
    this.#closing.abort()
    this.#stream?.abort()
    this.#nudge?.abort()
  }

  async #run(): Promise<void> {
    const { firstMs, mostMs } = this.#watched.patience ?? PATIENCE
    let waitMs = firstMs
    while (!this.#closing.signal.aborted) {
      const engine = this.#watched.engine()
      if (!engine) {
        await this.#nudged()
        waitMs = firstMs
        continue
      }
      const hasCome = await this.#read(engine)
      if (hasCome) waitMs = firstMs
      await this.#nudged(waitMs)
      if (!hasCome) waitMs = Math.min(2 * waitMs, mostMs)
    }
  }

  /** Reads until the stream ends; answers whether anything came. */
  async #read(engine: Engine): Promise<boolean> {
    const { containerId, onReading, report } = this.#watched
    const stream = new AbortController()
    this.#stream = stream
    let hasCome = false
    try {
      for await (const reading of readStats(engine, containerId, stream.signal)) {
        hasCome = true
        onReading(reading)
      }
    } catch (thrown) {
      if (!(thrown instanceof PortolanError && EXPECTED.has(thrown.code))) report(thrown)
    }
    this.#stream = undefined
    return hasCome
  }

  /** Resolves when somebody wakes or closes it, or after `ms`. */
  async #nudged(ms?: number): Promise<void> {
    if (this.#closing.signal.aborted) return
    const nudge = new AbortController()
    this.#nudge = nudge
    if (ms === undefined)
      await new Promise((resolve) => nudge.signal.addEventListener('abort', resolve))
    else await delay(ms, undefined, { signal: nudge.signal }).catch(() => undefined)
    this.#nudge = undefined
  }
}
