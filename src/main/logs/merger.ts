import type { StoredRow } from './segment'

/** How long a row waits for one of another container that was printed before it and comes after it, in ms. */
const WINDOW_MS = 150
/** Rows that may wait; more are let go at once. */
const MOST_WAITING = 20_000

/**
 * Rows of several containers, each in its own order, in the order of their times; holds no more of each than it handed on at once.
 * Rows of one container stay in its order, whatever their times.
 */
export async function* mergeByTime(
  sources: readonly AsyncIterable<readonly StoredRow[]>[]
): AsyncGenerator<StoredRow[]> {
  const orderings = new Orderings()
  const heads = await Promise.all(
    sources.map((source) => Head.of(source[Symbol.asyncIterator](), orderings))
  )
  try {
    let batch: StoredRow[] = []
    for (;;) {
      let next: Head | undefined
      for (const head of heads) {
        if (head.first && (!next?.first || head.first.orderNs < next.first.orderNs)) next = head
      }
      if (!next?.first) break
      batch.push(next.first.row)
      if (next.advance()) continue
      // What is merged goes on before more is waited for.
      yield batch
      batch = []
      await next.refill()
    }
    yield batch
  } finally {
    await Promise.all(heads.map((head) => head.close()))
  }
}

/** What is next of one container. */
class Head {
  first: Ordered | undefined
  readonly #rest: AsyncIterator<readonly StoredRow[]>
  readonly #orderings: Orderings
  #rows: readonly StoredRow[] = []
  #at = 0

  private constructor(rest: AsyncIterator<readonly StoredRow[]>, orderings: Orderings) {
    this.#rest = rest
    this.#orderings = orderings
  }

  static async of(rest: AsyncIterator<readonly StoredRow[]>, orderings: Orderings): Promise<Head> {
    const head = new Head(rest, orderings)
    await head.refill()
    return head
  }

  /** False when the next must be waited for: see {@link refill}. */
  advance(): boolean {
    const row = this.#rows[this.#at]
    this.#at += 1
    this.first = row && this.#orderings.of(row)
    return row !== undefined
  }

  /** Waits for the next rows; afterwards `first` is undefined at the end only. */
  async refill(): Promise<void> {
    while (!this.advance()) {
      const result = await this.#rest.next()
      if (result.done === true) return
      this.#rows = result.value
      this.#at = 0
    }
  }

  async close(): Promise<void> {
    await this.#rest.return?.()
  }
}

interface Ordered {
  readonly row: StoredRow
  /** Its time, or that of a row of its container before it where that is later. */
  readonly orderNs: bigint
  readonly arrivedMs: number
}

function byTime(a: Ordered, b: Ordered): number {
  return a.orderNs < b.orderNs ? -1 : a.orderNs > b.orderNs ? 1 : 0
}

class Orderings {
  readonly #latestNs = new Map<number, bigint>()

  of(row: StoredRow, arrivedMs = 0): Ordered {
    const latestNs = this.#latestNs.get(row.source) ?? 0n
    const orderNs = row.timeNs > latestNs ? row.timeNs : latestNs
    this.#latestNs.set(row.source, orderNs)
    return { row, orderNs, arrivedMs }
  }
}

/** Puts rows that come live from several containers into the order of their times, as far as a short wait can. */
export class Merger {
  readonly #onRows: (rows: readonly StoredRow[]) => Promise<void>
  readonly #orderings = new Orderings()
  #waiting: Ordered[] = []
  #timer: NodeJS.Timeout | undefined
  #passing: Promise<void> = Promise.resolve()

  /** @param onRows takes rows in order; not called again before it has resolved. */
  constructor(onRows: (rows: readonly StoredRow[]) => Promise<void>) {
    this.#onRows = onRows
  }

  /** Takes rows of one container; resolves when it takes more. */
  async push(rows: readonly StoredRow[]): Promise<void> {
    const now = performance.now()
    for (const row of rows) this.#waiting.push(this.#orderings.of(row, now))
    if (this.#waiting.length > MOST_WAITING) await this.flush()
    else if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#pass(), WINDOW_MS)
  }

  /** Lets all go that wait. */
  flush(): Promise<void> {
    return this.#release(this.#waiting.length)
  }

  /** Ends it; what waits goes nowhere. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#waiting = []
  }

  #pass(): void {
    this.#timer = undefined
    const ripeMs = performance.now() - WINDOW_MS
    this.#waiting.sort(byTime)
    // With the last ripe row all go that were printed before it.
    const last = this.#waiting.findLastIndex(({ arrivedMs }) => arrivedMs <= ripeMs)
    void this.#release(last + 1)
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#pass(), WINDOW_MS)
  }

  #release(count: number): Promise<void> {
    this.#waiting.sort(byTime)
    const rows = this.#waiting.splice(0, count).map(({ row }) => row)
    if (rows.length > 0) this.#passing = this.#passing.then(() => this.#onRows(rows))
    return this.#passing
  }
}
