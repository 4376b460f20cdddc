import { isAlive } from '../../shared/containers/model'
import { rowKey, type StateMessage } from '../../shared/state'
import type { StatsPoint, StatsSeries } from '../../shared/stats/model'
import { toPoint } from '../../shared/stats/point'
import type { StatsReading } from '../../shared/stats/reading'
import type { HandlerContext } from '../bridge/context'
import type { Engine } from '../engine/engine'
import { ContainerWatch, type Patience } from './container-watch'
import { SeriesBuffer } from './series'

/** Who watches a container. */
export interface StatsListener {
  readonly onPoint: (point: StatsPoint) => void
  /** Somebody changed its limits. */
  readonly onUpdated: () => void
}

/** Limits that a test can make small. */
export interface CollectorLimits {
  /** How long a stream stays open after the last one left: who scrolls to and fro opens no other. */
  readonly graceMs?: number
  /** Containers whose past is kept though nobody watches them; of more, those go that were left first. */
  readonly keptSeries?: number
  readonly patience?: Patience
}

const GRACE_MS = 3000
const KEPT_SERIES = 200

interface Entry {
  readonly endpointId: string
  readonly containerId: string
  readonly listeners: Set<StatsListener>
  readonly series: SeriesBuffer
  watch: ContainerWatch | undefined
  grace: NodeJS.Timeout | undefined
}

type Source = Pick<HandlerContext, 'engine' | 'state' | 'events' | 'report'>

/**
 * Reads containers' stats while somebody watches them: one stream for each container, however many watch, and keeps the last hour of
 * what came. Nothing is read of a container that nobody watches; that is a gap in its series.
 */
export class StatsCollector {
  readonly #source: Source
  readonly #limits: CollectorLimits
  /** By row key; those that were left last are at the end. */
  readonly #entries = new Map<string, Entry>()
  readonly #watches = new Set<Promise<void>>()
  readonly #stopListening: readonly (() => void)[]

  constructor(source: Source, limits: CollectorLimits = {}) {
    this.#source = source
    this.#limits = limits
    this.#stopListening = [
      source.state.subscribe((message) => this.#follow(message)),
      source.events.on((endpointId, { type, action, actorId }) => {
        if (type !== 'container' || action !== 'update') return
        const entry = this.#entries.get(rowKey({ endpointId, id: actorId }))
        for (const { onUpdated } of entry?.listeners ?? []) onUpdated()
      })
    ]
  }

  /** Watches a container, running or not. Answers how to stop. */
  watch(endpointId: string, containerId: string, listener: StatsListener): () => void {
    const entry = this.#entry(endpointId, containerId)
    entry.listeners.add(listener)
    clearTimeout(entry.grace)
    entry.watch ??= this.#open(entry)
    return () => {
      if (entry.listeners.delete(listener) && entry.listeners.size === 0) this.#leave(entry)
    }
  }

  /** The last minute of a container. */
  recent(endpointId: string, containerId: string): readonly StatsPoint[] {
    return this.#entries.get(rowKey({ endpointId, id: containerId }))?.series.recent ?? []
  }

  /** The last hour of a container; empty for one that nobody has watched. */
  series(endpointId: string, containerId: string): StatsSeries {
    const entry = this.#entries.get(rowKey({ endpointId, id: containerId }))
    return (entry?.series ?? new SeriesBuffer(0)).series()
  }

  /** Ends all streams. */
  async stop(): Promise<void> {
    for (const stop of this.#stopListening) stop()
    for (const entry of this.#entries.values()) {
      clearTimeout(entry.grace)
      entry.watch?.close()
    }
    this.#entries.clear()
    await Promise.all(this.#watches)
  }

  #entry(endpointId: string, containerId: string): Entry {
    const key = rowKey({ endpointId, id: containerId })
    let entry = this.#entries.get(key)
    if (!entry) {
      entry = {
        endpointId,
        containerId,
        listeners: new Set(),
        series: new SeriesBuffer(),
        watch: undefined,
        grace: undefined
      }
      this.#entries.set(key, entry)
    }
    return entry
  }

  #open(entry: Entry): ContainerWatch {
    let before: StatsReading | undefined
    const watch = new ContainerWatch({
      containerId: entry.containerId,
      engine: () => this.#engineFor(entry),
      onReading: (reading) => {
        const point = toPoint(before, reading)
        before = reading
        entry.series.push(point)
        for (const { onPoint } of entry.listeners) onPoint(point)
      },
      report: (error) => this.#source.report('stats.watch', error),
      ...(this.#limits.patience && { patience: this.#limits.patience })
    })
    const ended = watch.ended.finally(() => this.#watches.delete(ended))
    this.#watches.add(ended)
    return watch
  }

  /** The engine that a container can be read from now. */
  #engineFor({ endpointId, containerId }: Entry): Engine | undefined {
    const { state, engine } = this.#source
    const row = state.get('containers', rowKey({ endpointId, id: containerId }))
    if (!row || !isAlive(row) || row.state === 'restarting') return undefined
    return state.get('endpoints', endpointId)?.status === 'connected'
      ? engine(endpointId)
      : undefined
  }

  #leave(entry: Entry): void {
    entry.grace = setTimeout(() => {
      entry.watch?.close()
      entry.watch = undefined
      const key = rowKey({ endpointId: entry.endpointId, id: entry.containerId })
      if (!this.#source.state.get('containers', key)) this.#entries.delete(key)
      this.#forgetOldest(key, entry)
    }, this.#limits.graceMs ?? GRACE_MS)
  }

  #forgetOldest(key: string, left: Entry): void {
    if (this.#entries.delete(key)) this.#entries.set(key, left)
    const unwatched = [...this.#entries].filter(([, { watch }]) => watch === undefined)
    const surplus = unwatched.length - (this.#limits.keptSeries ?? KEPT_SERIES)
    for (const [oldest] of unwatched.slice(0, Math.max(0, surplus))) this.#entries.delete(oldest)
  }

  #follow({ tables: { containers, endpoints } }: StateMessage): void {
    for (const row of containers?.upserts ?? []) this.#entries.get(rowKey(row))?.watch?.wake()
    for (const key of containers?.removes ?? []) {
      const entry = this.#entries.get(key)
      // Who watches it stops by itself when its row is gone.
      if (entry?.watch) entry.watch.wake()
      else this.#entries.delete(key)
    }
    for (const { id } of endpoints?.upserts ?? [])
      for (const entry of this.#entries.values()) if (entry.endpointId === id) entry.watch?.wake()
  }
}
