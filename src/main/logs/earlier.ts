import { entriesOf, keyOf } from './line'
import { mergeByTime } from './merger'
import { readFirstLine, readLines } from './operations'
import type { Segment, StoredRow } from './segment'
import type { LogSource } from './source'
import { takeHeld, type LogStore } from './store'

/** What lies after the boundary by so much may have been written before it: stdout and stderr are a little out of order. */
const OVERLAP_NS = 1_000_000_000n
/** Tries to find something, each four times further back: a single line may be thousands of the engine's entries. */
const TRIES = 10

interface PageOptions {
  readonly store: LogStore
  readonly sources: readonly LogSource[]
  readonly sinceNs: bigint | undefined
  /** Entries of each container. */
  readonly size: number
  readonly signal: AbortSignal
  /** Called with the number of lines that were read so far. */
  readonly onProgress: (lines: number) => void
}

/**
 * Reads the lines before the first row, and puts them before it. The engine cannot page backwards, but it can give a tail and stop at
 * a time: it then decodes the page and not what lies behind it. Answers how many lines there were: none when all are read.
 * Errors: `cancelled`, those of the engine.
 */
export async function readEarlierPage(options: PageOptions): Promise<number> {
  const { store, sources } = options
  const boundaryNs = await store.firstTimeNs()
  if (boundaryNs === undefined) return 0
  for (let size = options.size, tries = 0; tries < TRIES; size *= 4, tries += 1) {
    const open = sources.filter((source) => !source.isComplete)
    if (open.length === 0) return 0
    const segment = await store.newSegment()
    try {
      const count = await writePage(segment, open, size, boundaryNs, options)
      if (count > 0) {
        store.prepend(segment)
        return count
      }
    } catch (thrown) {
      await segment.remove()
      throw thrown
    }
    await segment.remove()
  }
  for (const source of sources) source.isComplete = true
  return 0
}

async function writePage(
  segment: Segment,
  open: readonly LogSource[],
  size: number,
  boundaryNs: bigint,
  options: PageOptions
): Promise<number> {
  const pages = open.map((source) => new Page(source, size, boundaryNs, options))
  // All begin before one is merged: what lies before the latest beginning is not whole, and is left for the next page.
  const rows = mergeByTime(pages.map((page) => page.rows()))
  const entries = new Map<number, number>()
  let floorNs: bigint | undefined
  let count = 0
  for await (const some of rows) {
    floorNs ??= latest(pages.map((page) => page.floorNs))
    const kept = some.filter((row) => floorNs === undefined || row.timeNs >= floorNs)
    for (const { source, text } of kept)
      entries.set(source, (entries.get(source) ?? 0) + entriesOf(text.length))
    count += kept.length
    await segment.append(kept)
    options.onProgress(count)
  }
  await segment.flush()
  for (const page of pages) {
    page.source.heldEntries += entries.get(page.source.index) ?? 0
    // A floor may have left some of what was read to the next page.
    if (page.hasReachedStart && page.firstNs !== undefined && page.firstNs >= (floorNs ?? 0n))
      page.source.isComplete = true
    if (page.hasReachedStart && page.firstNs === undefined) page.source.isComplete = true
  }
  return count
}

function latest(times: readonly (bigint | undefined)[]): bigint | undefined {
  return times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined)
}

/** One container's lines of a page. */
class Page {
  readonly source: LogSource
  hasReachedStart = false
  /** The time of its first new line. */
  firstNs: bigint | undefined
  readonly #size: number
  readonly #boundaryNs: bigint
  readonly #options: PageOptions

  constructor(source: LogSource, size: number, boundaryNs: bigint, options: PageOptions) {
    this.source = source
    this.#size = size
    this.#boundaryNs = boundaryNs
    this.#options = options
  }

  /** From when on the page is whole; undefined where it is from the beginning. */
  get floorNs(): bigint | undefined {
    return this.hasReachedStart ? undefined : (this.firstNs ?? this.#boundaryNs)
  }

  async *rows(): AsyncGenerator<StoredRow[]> {
    const { source } = this
    const { store, sinceNs, signal } = this.#options
    const { engine } = source
    const { counts: held, untilNs } = await store.heldAtStart(
      source.index,
      this.#boundaryNs,
      this.#boundaryNs + OVERLAP_NS
    )
    const start = await readFirstLine(engine, source, sinceNs)
    const range = {
      tail: source.heldEntries + this.#size + 1,
      sinceNs,
      untilNs
    }
    let isFirst = true
    for await (const lines of readLines(engine, source, range, signal)) {
      const rows: StoredRow[] = []
      for (const line of lines) {
        const wasFirst = isFirst
        isFirst = false
        if (wasFirst) {
          const key = keyOf(line.timeNs, line.stream, line.text.length)
          this.hasReachedStart =
            start !== undefined && key === keyOf(start.timeNs, start.stream, start.text.length)
          // It may be the end of a longer line, which the tail has cut.
          if (!this.hasReachedStart) continue
        }
        if (takeHeld(held, line)) continue
        this.firstNs ??= line.timeNs
        rows.push(source.rowOf(line))
      }
      if (rows.length > 0) yield rows
    }
    if (isFirst) this.hasReachedStart = true
  }
}
