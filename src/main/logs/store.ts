import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { keyOf, type Line } from './line'
import { Segment, type RowRecord, type StoredRow } from './segment'

/** A segment that is being followed into is left for a new one at so many bytes: what is dropped is dropped by segments. */
const SEGMENT_BYTES = 64 * 1024 * 1024
/** Bytes of all of one view on the disk; beyond them the oldest rows go. */
const BUDGET_BYTES = 4 * 1024 * 1024 * 1024
/** Rows looked back at to tell what is held already; a second of a flood. */
const LOOK_BACK_ROWS = 100_000
/** Lines of stdout and stderr are out of the order of their times by less. */
const DISORDER_NS = 50_000_000n

/** A segment at its place. */
export interface Placed {
  readonly segment: Segment
  /** The id of its first row. */
  readonly firstId: number
}

/** How often each line is held, by its key. */
export interface Held {
  readonly counts: Map<string, number>
  /** The newest held line; undefined where none is held. */
  readonly newest: { readonly timeNs: bigint; readonly key: string } | undefined
  /** From this time on every held line is counted. */
  readonly fromNs: bigint
}

/**
 * The rows of one view, on the disk: lines that came from when it was opened have the ids from zero, pages of earlier ones are put
 * before them with negative ids. Memory does not grow with the rows.
 */
export class LogStore {
  readonly #folder: string
  readonly #budgetBytes: number
  readonly #lookBackRows: number
  #segments: Placed[] = []
  #nextName = 0
  #droppedRows = 0
  #isClosed = false

  private constructor(folder: string, budgetBytes: number, lookBackRows: number) {
    this.#folder = folder
    this.#budgetBytes = budgetBytes
    this.#lookBackRows = lookBackRows
  }

  /** Makes a store in a folder of its own. Errors: those of the file system. */
  static async create(
    folder: string,
    budgetBytes = BUDGET_BYTES,
    lookBackRows = LOOK_BACK_ROWS
  ): Promise<LogStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const store = new LogStore(folder, budgetBytes, lookBackRows)
    store.#segments.push({ segment: await store.newSegment(), firstId: 0 })
    return store
  }

  get firstId(): number {
    return this.#segments[0]?.firstId ?? 0
  }

  get endId(): number {
    const last = this.#segments.at(-1)
    return last ? last.firstId + last.segment.count : 0
  }

  get droppedRows(): number {
    return this.#droppedRows
  }

  /** Oldest first. */
  get segments(): readonly Placed[] {
    return this.#segments
  }

  /** Whether so many bytes more can be put before what is there. */
  hasRoom(bytes: number): boolean {
    return this.#droppedRows === 0 && this.#sizeBytes() + bytes < this.#budgetBytes
  }

  /** Appends rows; resolves when it takes more. */
  async append(rows: readonly StoredRow[]): Promise<void> {
    let last = this.#segments.at(-1)
    if (this.#isClosed || !last) return
    if (last.segment.sizeBytes > SEGMENT_BYTES) {
      const firstId = last.firstId + last.segment.count
      const segment = await this.newSegment()
      last = { segment, firstId: Math.max(firstId, this.endId) }
      this.#segments.push(last)
      await this.#dropOldest()
    }
    await last.segment.append(rows)
  }

  /** A segment that is not part of the view yet: see {@link prepend}. */
  newSegment(): Promise<Segment> {
    return Segment.create(join(this.#folder, String(this.#nextName++)))
  }

  /** Puts a page of earlier rows before all others. */
  prepend(segment: Segment): void {
    this.#segments = [{ segment, firstId: this.firstId - segment.count }, ...this.#segments]
  }

  /** Calls `visit` with the records from an id on, segment by segment, until there are `count` or it is the end. */
  async visit(
    fromId: number,
    count: number,
    visit: (placed: Placed, firstId: number, records: readonly RowRecord[]) => Promise<void>
  ): Promise<void> {
    const endId = fromId + count
    for (const placed of Array.from(this.#segments)) {
      const from = Math.max(fromId, placed.firstId)
      const end = Math.min(endId, placed.firstId + placed.segment.count)
      if (from >= end) continue
      const records = await placed.segment.records(from - placed.firstId, end - from)
      await visit(placed, from, records)
    }
  }

  /** The id of the first row at or after a time; undefined when all are before. */
  async seek(timeNs: bigint): Promise<number | undefined> {
    for (const { segment, firstId } of Array.from(this.#segments)) {
      const at = await segment.seek(timeNs)
      if (at < segment.count) return firstId + at
    }
    return undefined
  }

  /** The time of the first row. */
  async firstTimeNs(): Promise<bigint | undefined> {
    for (const { segment } of Array.from(this.#segments)) {
      const [record] = await segment.records(0, 1)
      if (record) return record.timeNs
    }
    return undefined
  }

  /** A container's held lines of the last `spanNs` before its newest one, at most {@link LOOK_BACK_ROWS} rows back. */
  async heldAtEnd(source: number, spanNs: bigint): Promise<Held> {
    const counts = new Map<string, number>()
    let newest: { readonly timeNs: bigint; readonly key: string } | undefined
    let fromNs = 0n
    let left = this.#lookBackRows
    for (const { segment } of this.#segments.toReversed()) {
      for (let end = segment.count; end > 0; end -= 4096) {
        const from = Math.max(0, end - 4096)
        for (const record of (await segment.records(from, end - from)).reverse()) {
          if (record.source !== source || record.kind === 'seam') continue
          left -= 1
          if (newest && (record.timeNs < newest.timeNs - spanNs || left < 0)) {
            // Of this time there may be more: what is asked for begins after it.
            const lookedNs = record.timeNs + DISORDER_NS
            if (left >= 0) return { counts, newest, fromNs }
            return { counts, newest, fromNs: lookedNs < newest.timeNs ? lookedNs : newest.timeNs }
          }
          const key = keyOf(record.timeNs, record.kind, record.sizeBytes)
          if (!newest || record.timeNs > newest.timeNs) {
            newest = { timeNs: record.timeNs, key }
            fromNs = record.timeNs - spanNs
          }
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
      }
    }
    return { counts, newest, fromNs }
  }

  /**
   * A container's held lines from the first row on to `untilNs`, or to an earlier time after `boundaryNs` where there are more than can be
   * looked at: it says which.
   */
  async heldAtStart(
    source: number,
    boundaryNs: bigint,
    untilNs: bigint
  ): Promise<{ readonly counts: Map<string, number>; readonly untilNs: bigint }> {
    const counts = new Map<string, number>()
    let left = this.#lookBackRows
    for (const { segment } of Array.from(this.#segments)) {
      for (let from = 0; from < segment.count; from += 4096) {
        for (const record of await segment.records(from, 4096)) {
          if (record.timeNs > untilNs + DISORDER_NS) return { counts, untilNs }
          if (left-- <= 0) {
            const lookedNs = record.timeNs - DISORDER_NS
            return { counts, untilNs: lookedNs > boundaryNs ? lookedNs : boundaryNs }
          }
          if (record.source !== source || record.kind === 'seam') continue
          const key = keyOf(record.timeNs, record.kind, record.sizeBytes)
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
      }
    }
    return { counts, untilNs }
  }

  /** Removes everything. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#segments.map(({ segment }) => segment.remove()))
    await rm(this.#folder, { recursive: true, force: true })
  }

  #sizeBytes(): number {
    return this.#segments.reduce((sum, { segment }) => sum + segment.sizeBytes, 0)
  }

  async #dropOldest(): Promise<void> {
    while (this.#segments.length > 1 && this.#sizeBytes() > this.#budgetBytes) {
      const oldest = this.#segments.shift()
      if (!oldest) return
      this.#droppedRows += oldest.segment.count
      await oldest.segment.remove()
    }
  }
}

/** Takes a line off what is held: true when it was held, and so is not new. */
export function takeHeld(counts: Map<string, number>, line: Line): boolean {
  const key = keyOf(line.timeNs, line.stream, line.text.length)
  const count = counts.get(key)
  if (count === undefined) return false
  if (count === 1) counts.delete(key)
  else counts.set(key, count - 1)
  return true
}
