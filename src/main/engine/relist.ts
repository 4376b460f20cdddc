/** Lists objects again; answers the ids whose listing is not yet what it must become, to be asked for once more. */
type List = (ids: readonly string[] | 'all') => Promise<readonly string[] | void>

interface Retry {
  readonly retryMs: number
  readonly retries: number
}

/** More ids than this in one request are asked for by listing everything. */
const MAX_FILTER = 100
/** The wait after a listing that failed on an engine that is still there. */
const AFTER_FAULT_MS = 1000

/**
 * Coalesces a storm of events: ids are marked, one listing runs at a time, and what was marked while it ran is listed by the next.
 * So a quiet engine is seen at once, and a busy one costs one request after another, never a queue of them. It begins held: what is
 * marked before {@link release} is listed then, so that no early event is overwritten by an older full listing.
 */
export class Relist {
  private readonly list: List
  private readonly retry: Retry
  private readonly marked = new Set<string>()
  private readonly attempts = new Map<string, number>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private running = false
  private stopped = false
  private held = true

  constructor(list: List, retry: Retry = { retryMs: 0, retries: 0 }) {
    this.list = list
    this.retry = retry
  }

  /** Lists the object soon: `all` for everything of its kind. */
  mark(id: string): void {
    this.attempts.delete(id)
    this.marked.add(id)
    void this.run()
  }

  /** Lists the object after a delay: for what the engine writes after its event. */
  markLater(id: string, delayMs: number): void {
    if (this.stopped) return
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      this.marked.add(id)
      void this.run()
    }, delayMs)
    this.timers.add(timer)
  }

  /** Begins to list what was and will be marked. */
  release(): void {
    this.held = false
    void this.run()
  }

  stop(): void {
    this.stopped = true
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
  }

  private async run(): Promise<void> {
    if (this.running || this.held) return
    this.running = true
    try {
      while (this.marked.size > 0 && !this.stopped) {
        const ids = [...this.marked]
        this.marked.clear()
        const all = ids.includes('all') || ids.length > MAX_FILTER
        const late = new Set((await this.list(all ? 'all' : ids)) ?? [])
        for (const id of ids) if (!late.has(id)) this.attempts.delete(id)
        this.askAgain(late)
      }
    } catch {
      // When the engine went, the event stream ends with it and stop() follows; for any other fault everything is listed anew.
      this.markLater('all', AFTER_FAULT_MS)
    } finally {
      this.running = false
    }
  }

  private askAgain(late: ReadonlySet<string>): void {
    for (const id of late) {
      const attempt = (this.attempts.get(id) ?? 0) + 1
      if (attempt > this.retry.retries) this.attempts.delete(id)
      else {
        this.attempts.set(id, attempt)
        this.markLater(id, this.retry.retryMs * attempt)
      }
    }
  }
}
