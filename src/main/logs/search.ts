import { Worker } from 'node:worker_threads'
import type { ErrorData } from '../../shared/bridge/errors'
import type { LogQuery, LogSearchState } from '../../shared/logs/model'
import { HitList } from './hit-list'
import { searchThread, type ScanAnswer, type ScanRequest } from './search-worker'
import { KINDS, type Segment } from './segment'
import type { LogStore } from './store'

/** A block of lines takes milliseconds. An expression that needs so long for one tries all ways through it, and will not end. */
const SLOW_MS = 4000

type Compiled = Pick<ScanRequest, 'pattern' | 'flags' | 'isSimple' | 'kinds'>

/** One view's search: in a thread of its own, over all rows and those that come. An expression that does not end takes the thread with it. */
export class LogSearch {
  readonly #store: LogStore
  readonly #onChange: () => void
  readonly #wanted = new Int32Array(new SharedArrayBuffer(4))
  #worker: Worker | undefined
  #query: Compiled | undefined
  #lists = new Map<Segment, HitList>()
  #running:
    { readonly segment: Segment; readonly scanId: number; readonly endRow: number } | undefined
  #watchdog: NodeJS.Timeout | undefined
  #error: ErrorData | undefined
  #scanId = 0
  #searchId = 0
  #droppedHits = 0

  constructor(store: LogStore, onChange: () => void) {
    this.#store = store
    this.#onChange = onChange
  }

  /** How far it is; undefined when nothing is searched for. */
  get state(): LogSearchState | undefined {
    const searchId = this.#searchId
    if (this.#error) return { searchId, firstHit: 0, endHit: 0, scannedRows: 0, error: this.#error }
    if (!this.#query) return undefined
    let [before, after, scannedRows] = [0, 0, 0]
    for (const { segment, firstId } of this.#store.segments) {
      const list = this.#lists.get(segment)
      if (!list) continue
      if (firstId < 0) before += list.count
      else after += list.count
      scannedRows += list.scannedRows
    }
    return {
      searchId,
      firstHit: before > 0 ? -before : this.#droppedHits,
      endHit: this.#droppedHits + after,
      scannedRows
    }
  }

  /** Begins anew; undefined ends it. An expression that is none is said in {@link state}. */
  start(query: LogQuery | undefined): void {
    this.#lists = new Map()
    this.#droppedHits = 0
    this.#searchId += 1
    this.#error = undefined
    // What it does at this moment may be the reason for which somebody changed the expression.
    if (this.#running) this.#endThread()
    this.#running = undefined
    this.#query = query && this.#compile(query)
    this.#onChange()
    this.advance()
  }

  /** Searches what has come since; newest rows first. To be called when rows were added. */
  advance(): void {
    if (!this.#query || this.#running) return
    this.#forgetDropped()
    for (const { segment } of this.#store.segments.toReversed()) {
      const list = this.#listOf(segment)
      if (list.scannedRows >= segment.count) continue
      this.#scanId += 1
      this.#running = { segment, scanId: this.#scanId, endRow: segment.count }
      void this.#scan({
        ...this.#query,
        scanId: this.#scanId,
        textPath: segment.textPath,
        indexPath: segment.indexPath,
        fromRow: list.scannedRows,
        endRow: segment.count
      })
      return
    }
  }

  /** Rows are counted before they are on the disk, where the thread finds them. */
  async #scan(request: ScanRequest): Promise<void> {
    await this.#running?.segment.flush().catch(() => undefined)
    if (this.#running?.scanId !== request.scanId) return
    Atomics.store(this.#wanted, 0, request.scanId)
    this.#thread().postMessage(request)
    this.#watch()
  }

  /** The ids of hits from a number on. */
  idsFrom(firstHit: number, count: number): number[] {
    const ids: number[] = []
    let number = this.state?.firstHit ?? 0
    for (const { segment, firstId } of this.#store.segments) {
      const list = this.#lists.get(segment)
      if (!list) continue
      const from = Math.max(0, firstHit - number)
      for (let at = from; at < list.count && ids.length < count; at += 1)
        ids.push(firstId + list.at(at))
      number += list.count
      if (ids.length >= count) break
    }
    return ids
  }

  /** The nearest hit after (or before) a row. */
  nextHit(
    fromId: number,
    direction: 'next' | 'previous'
  ): { readonly id: number; readonly hit: number } | null {
    let number = this.state?.firstHit ?? 0
    let before: { readonly id: number; readonly hit: number } | null = null
    for (const { segment, firstId } of this.#store.segments) {
      const list = this.#lists.get(segment)
      if (!list || list.count === 0) continue
      const at = list.countBefore(direction === 'next' ? fromId - firstId + 1 : fromId - firstId)
      if (direction === 'next') {
        if (at < list.count) return { id: firstId + list.at(at), hit: number + at }
      } else if (at > 0) before = { id: firstId + list.at(at - 1), hit: number + at - 1 }
      number += list.count
    }
    return before
  }

  stop(): void {
    this.#query = undefined
    this.#endThread()
  }

  #compile({ text, isRegex, matchCase, streams }: LogQuery): Compiled | undefined {
    const pattern = isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    const flags = matchCase ? '' : 'i'
    try {
      void new RegExp(pattern, flags)
    } catch (thrown) {
      this.#error = {
        code: 'invalid-input',
        message: 'This is no regular expression.',
        hint: 'Search for it as plain text, or put a backslash before what is meant literally.',
        ...(thrown instanceof Error && { engineMessage: thrown.message })
      }
      return undefined
    }
    const isSimple = !/\(\?[=!<]|\\n|\\1/.test(pattern)
    return { pattern, flags, isSimple, kinds: streams.map((stream) => KINDS.indexOf(stream)) }
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(`(${searchThread.toString()})(require)`, {
      eval: true,
      workerData: this.#wanted.buffer
    })
    worker.on('message', (answer: ScanAnswer) => this.#receive(answer))
    worker.on('error', (error) => {
      if (this.#worker === worker) this.#fail({ code: 'internal', message: error.message })
    })
    worker.unref()
    this.#worker = worker
    return worker
  }

  #receive({ scanId, hits, scannedRow }: ScanAnswer): void {
    const running = this.#running
    if (running?.scanId !== scanId) return
    this.#listOf(running.segment).add(hits, scannedRow)
    if (scannedRow >= running.endRow) {
      this.#running = undefined
      clearTimeout(this.#watchdog)
      this.advance()
    } else this.#watch()
    this.#onChange()
  }

  #watch(): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(
      () =>
        this.#fail({
          code: 'timeout',
          message: 'This expression takes too long, and the search was ended.',
          hint: 'A repetition inside a repetition, as in (a+)+, has more ways through a line than can be tried. Write it with one.'
        }),
      SLOW_MS
    )
    this.#watchdog.unref()
  }

  #fail(error: ErrorData): void {
    this.#error = error
    this.#query = undefined
    this.#running = undefined
    this.#endThread()
    this.#onChange()
  }

  #endThread(): void {
    clearTimeout(this.#watchdog)
    Atomics.store(this.#wanted, 0, -1)
    void this.#worker?.terminate()
    this.#worker = undefined
  }

  #listOf(segment: Segment): HitList {
    const list = this.#lists.get(segment) ?? new HitList()
    this.#lists.set(segment, list)
    return list
  }

  /** Hits in rows that were dropped go with them. */
  #forgetDropped(): void {
    const kept = new Set(this.#store.segments.map(({ segment }) => segment))
    for (const [segment, list] of this.#lists) {
      if (kept.has(segment)) continue
      this.#droppedHits += list.count
      this.#lists.delete(segment)
    }
  }
}
