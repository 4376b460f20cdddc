import { RECENT_POINTS, type StatsBatch, type StatsPoint } from '../../shared/stats/model'
import { openStream, type StreamClient } from '../bridge/stream'

/** Who shows a container's figures. */
export interface StatsListener {
  /** Something came, or what was kept replaced it: read {@link recentStats}. */
  readonly onPoints: (points: readonly StatsPoint[]) => void
  /** Somebody changed the container's limits. */
  readonly onUpdated?: () => void
}

interface Target {
  readonly endpointId: string
  readonly id: string
}

/** A list that scrolls mounts and unmounts many cells at once: main is told once. */
const SETTLE_MS = 80
/** After a stream that broke. */
const RETRY_MS = 2000

/** All that this window watches of one endpoint, over one stream. */
class Feed {
  readonly #endpointId: string
  readonly #listeners = new Map<string, Set<StatsListener>>()
  readonly #recent = new Map<string, readonly StatsPoint[]>()
  #client: StreamClient<{ ids: string[] }> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(endpointId: string) {
    this.#endpointId = endpointId
    // A window that nobody sees watches nothing.
    document.addEventListener('visibilitychange', () => this.#settle(SETTLE_MS))
  }

  watch(id: string, listener: StatsListener): () => void {
    const listeners = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, listeners.add(listener))
    this.#settle(SETTLE_MS)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0 || this.#listeners.get(id) !== listeners) return
      this.#listeners.delete(id)
      this.#settle(SETTLE_MS)
    }
  }

  recent(id: string): readonly StatsPoint[] {
    return this.#recent.get(id) ?? []
  }

  #settle(afterMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tell(), afterMs)
  }

  #tell(): void {
    const ids = document.hidden ? [] : [...this.#listeners.keys()]
    for (const id of this.#recent.keys()) if (!this.#listeners.has(id)) this.#recent.delete(id)
    if (ids.length === 0) {
      this.#client?.close()
      this.#client = undefined
      return
    }
    this.#client ??= this.#open()
    this.#client.send({ ids })
  }

  #open(): StreamClient<{ ids: string[] }> {
    const again = (): void => {
      this.#client = undefined
      this.#settle(RETRY_MS)
    }
    const client = openStream('stats.watch', { endpointId: this.#endpointId }, 1, {
      onData: (batch) => {
        client.grant(1)
        this.#take(batch)
      },
      onEnd: again,
      onError: again
    })
    return client
  }

  #take({ recent, points, updated }: StatsBatch): void {
    const fresh = new Map<string, StatsPoint[]>()
    for (const [id, kept] of recent) {
      this.#recent.set(id, kept)
      fresh.set(id, [...kept])
    }
    for (const [id, point] of points) {
      this.#recent.set(id, [...this.recent(id).slice(1 - RECENT_POINTS), point])
      fresh.set(id, [...(fresh.get(id) ?? []), point])
    }
    for (const [id, came] of fresh)
      for (const { onPoints } of this.#listeners.get(id) ?? []) onPoints(came)
    for (const id of updated)
      for (const { onUpdated } of this.#listeners.get(id) ?? []) onUpdated?.()
  }
}

const feeds = new Map<string, Feed>()

function feedOf(endpointId: string): Feed {
  let feed = feeds.get(endpointId)
  if (!feed) feeds.set(endpointId, (feed = new Feed(endpointId)))
  return feed
}

/** Watches a container's figures, as long as the window is seen. Answers how to stop. */
export function watchStats({ endpointId, id }: Target, listener: StatsListener): () => void {
  return feedOf(endpointId).watch(id, listener)
}

/** The last minute of a container that is watched, oldest first. */
export function recentStats({ endpointId, id }: Target): readonly StatsPoint[] {
  return feedOf(endpointId).recent(id)
}
