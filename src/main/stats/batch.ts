import { RECENT_POINTS, type StatsBatch, type StatsPoint } from '../../shared/stats/model'

/** The engine tells of all its containers in one burst a second: so long the rest of it is waited for. */
const BURST_MS = 100

/** Gathers what one window is to be told and sends it in few messages, no faster than the window takes them. */
export class Batch {
  readonly #send: (batch: StatsBatch) => Promise<void>
  readonly #points = new Map<string, StatsPoint[]>()
  readonly #recent = new Map<string, readonly StatsPoint[]>()
  readonly #updated = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #isSending = false

  constructor(send: (batch: StatsBatch) => Promise<void>) {
    this.#send = send
  }

  /** What was kept of a container: it replaces all that the window has. */
  begin(id: string, points: readonly StatsPoint[]): void {
    this.#points.delete(id)
    this.#recent.set(id, points)
    this.#schedule()
  }

  add(id: string, point: StatsPoint): void {
    const points = this.#points.get(id) ?? []
    // A window that does not read may not fill memory: it loses what it would not show either.
    this.#points.set(id, [...points.slice(1 - RECENT_POINTS), point])
    this.#schedule()
  }

  update(id: string): void {
    this.#updated.add(id)
    this.#schedule()
  }

  /** What is not wanted any more. */
  drop(id: string): void {
    this.#points.delete(id)
    this.#recent.delete(id)
    this.#updated.delete(id)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#isSending = true
  }

  #schedule(): void {
    if (this.#isSending || this.#timer !== undefined) return
    this.#timer = setTimeout(() => void this.#flush(), BURST_MS)
  }

  async #flush(): Promise<void> {
    this.#timer = undefined
    this.#isSending = true
    const batch = {
      points: [...this.#points].flatMap(([id, all]) => all.map((point) => [id, point] as const)),
      recent: [...this.#recent],
      updated: [...this.#updated]
    }
    this.#points.clear()
    this.#recent.clear()
    this.#updated.clear()
    try {
      await this.#send(batch)
    } catch {
      // Closed: nobody is there to be told.
      return
    }
    this.#isSending = false
    if (this.#points.size + this.#recent.size + this.#updated.size > 0) this.#schedule()
  }
}
