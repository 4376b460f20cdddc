import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import { PortolanError, toErrorData, type ErrorData } from '../../shared/bridge/errors'
import type { LogViewState } from '../../shared/logs/model'
import type { HandlerContext } from '../bridge/context'
import { readEarlierPage } from './earlier'
import { entriesOf, msOfNs, nsOfMs } from './line'
import { mergeByTime, Merger } from './merger'
import { LogSearch } from './search'
import type { StoredRow } from './segment'
import { LogSource } from './source'
import { LogStore } from './store'

/** Entries of the first page of earlier lines, and of the largest: what follows a wish to see more is likely a wish to see all. */
const PAGE = 20_000
const LARGEST_PAGE = 320_000
/** A smaller difference between the clocks is the way that a line takes. */
const CLOCK_MS = 1500

/** Which lines of which containers. */
export interface ViewOptions {
  readonly containers: readonly { readonly endpointId: string; readonly containerId: string }[]
  readonly tail: number
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
}

/** One or several containers' logs as rows on the disk: read, followed, searched. Memory does not grow with them. */
export class LogView {
  readonly id = randomUUID()
  readonly store: LogStore
  readonly search: LogSearch
  readonly sources: readonly LogSource[]
  readonly #options: ViewOptions
  readonly #abort = new AbortController()
  readonly #merger: Merger | undefined
  readonly #onChange: () => void
  #earlier: { readonly abort: AbortController; lines: number } | undefined
  #earlierError: ErrorData | undefined
  #isRead = false

  private constructor(
    options: ViewOptions,
    context: Pick<HandlerContext, 'engine' | 'state' | 'events'>,
    store: LogStore,
    onChange: () => void
  ) {
    this.store = store
    this.#options = options
    this.#onChange = onChange
    // Each source listens to it; that there are many is meant.
    setMaxListeners(0, this.#abort.signal)
    this.search = new LogSearch(store, onChange)
    this.#merger =
      options.containers.length > 1 ? new Merger((rows) => this.#append(rows)) : undefined
    this.sources = options.containers.map(
      (target, index) =>
        new LogSource(index, target, {
          context,
          store,
          take: (rows) => this.#merger?.push(rows) ?? this.#append(rows),
          settled: () => this.#merger?.flush() ?? Promise.resolve(),
          changed: onChange,
          signal: this.#abort.signal
        })
    )
  }

  /** Makes a view whose files are in a folder of their own under `folder`; nothing is read yet. `onChange` is called whenever {@link state} changes. */
  static async create(
    options: ViewOptions,
    context: Pick<HandlerContext, 'engine' | 'state' | 'events'>,
    folder: string,
    onChange: () => void
  ): Promise<LogView> {
    const store = await LogStore.create(join(folder, randomUUID()))
    return new LogView(options, context, store, onChange)
  }

  get state(): LogViewState {
    const search = this.search.state
    return {
      viewId: this.id,
      firstId: this.store.firstId,
      endId: this.store.endId,
      isComplete:
        this.#isRead &&
        (this.store.droppedRows > 0 || this.sources.every(({ isComplete }) => isComplete)),
      ...(this.#earlier && { earlier: { lines: this.#earlier.lines } }),
      ...(this.#earlierError && { earlierError: this.#earlierError }),
      droppedRows: this.store.droppedRows,
      sources: this.sources.map(({ state }) => state),
      ...(search && { search }),
      clockAheadMs: this.#clockAheadMs()
    }
  }

  /**
   * Reads what is there. A container that cannot be read says so in its state; errors: when none can, the first one's, `not-found`,
   * `unsupported`, `engine-unreachable`.
   */
  async read(): Promise<void> {
    const { tail, sinceMs, untilMs } = this.#options
    const sinceNs = sinceMs === undefined ? undefined : nsOfMs(sinceMs)
    if (untilMs !== undefined) await this.#readRange(sinceNs, nsOfMs(untilMs))
    else {
      const tails = await Promise.all(
        this.sources.map((source) =>
          source.readTail(tail, sinceNs).catch((thrown: unknown) => {
            source.end(thrown)
            return []
          })
        )
      )
      const first = this.sources[0]?.state.error
      if (first && this.sources.every(({ state }) => state.error)) throw new PortolanError(first)
      await this.#takeTails(tails)
    }
    this.#isRead = true
    this.#onChange()
  }

  /** Follows all that can be read, until the view is closed; for a range that has ended there is nothing to follow. */
  async follow(): Promise<void> {
    const { sinceMs, untilMs } = this.#options
    const sinceNs = sinceMs === undefined ? undefined : nsOfMs(sinceMs)
    await Promise.all(
      this.sources
        .filter(({ state }) => state.state !== 'ended')
        .map(async (source) => {
          if (untilMs !== undefined) source.end()
          else await source.follow(sinceNs).catch((thrown: unknown) => source.end(thrown))
        })
    )
  }

  /** Reads one page of earlier lines, or pages until the first row is not after a time (0: all). One at a time; errors are in {@link state}. */
  async readEarlier(untilMs?: number): Promise<void> {
    if (this.#earlier || !this.#isRead) return
    const abort = new AbortController()
    const earlier = { abort, lines: 0 }
    this.#earlier = earlier
    this.#earlierError = undefined
    this.#onChange()
    try {
      for (let size = PAGE; !abort.signal.aborted; size = Math.min(size * 4, LARGEST_PAGE)) {
        if (!this.store.hasRoom(0)) break
        const before = earlier.lines
        const count = await readEarlierPage({
          store: this.store,
          sources: this.sources.filter(({ state }) => !state.error),
          sinceNs: this.#options.sinceMs === undefined ? undefined : nsOfMs(this.#options.sinceMs),
          size,
          signal: abort.signal,
          onProgress: (lines) => {
            earlier.lines = before + lines
            this.#onChange()
          }
        })
        this.#rowsAdded()
        if (count === 0 || untilMs === undefined) break
        const firstNs = await this.store.firstTimeNs()
        if (firstNs !== undefined && msOfNs(firstNs) < untilMs) break
      }
    } catch (thrown) {
      if (!abort.signal.aborted) this.#earlierError = toErrorData(thrown)
    } finally {
      this.#earlier = undefined
      this.#onChange()
    }
  }

  stopEarlier(): void {
    this.#earlier?.abort.abort()
  }

  /** Ends it, at the engines too, and removes its files. */
  async close(): Promise<void> {
    this.#abort.abort()
    this.stopEarlier()
    this.#merger?.stop()
    this.search.stop()
    await this.store.close()
  }

  async #readRange(sinceNs: bigint | undefined, untilNs: bigint): Promise<void> {
    this.#isRead = true
    const ranges = this.sources.map((source) => source.readRange(sinceNs, untilNs))
    for await (const rows of mergeByTime(ranges)) await this.#append(rows)
  }

  /** Of containers whose tails begin at different times only what all of them cover is shown; the rest is a page of earlier lines. */
  async #takeTails(tails: readonly (readonly StoredRow[])[]): Promise<void> {
    let floorNs = 0n
    for (const [index, [first]] of tails.entries()) {
      const isWhole = this.sources[index]?.isComplete ?? true
      if (first && !isWhole && first.timeNs > floorNs) floorNs = first.timeNs
    }
    const kept = tails.map((rows) => rows.filter(({ timeNs }) => timeNs >= floorNs))
    for (const [index, source] of this.sources.entries()) {
      if (kept[index]?.length !== tails[index]?.length) source.isComplete = false
      if (!source.isComplete) source.floorNs = kept[index]?.[0]?.timeNs ?? floorNs
      for (const { text } of kept[index] ?? []) source.heldEntries += entriesOf(text.length)
    }
    for await (const rows of mergeByTime(kept.map(once))) await this.#append(rows)
  }

  /** Never fails: a disk that is full ends the view and not the app. */
  async #append(rows: readonly StoredRow[]): Promise<void> {
    try {
      await this.store.append(rows)
    } catch (thrown) {
      if (this.#abort.signal.aborted) return
      for (const source of this.sources) source.end(noRoom(thrown))
      this.#abort.abort()
    }
    this.#rowsAdded()
  }

  #rowsAdded(): void {
    this.search.advance()
    this.#onChange()
  }

  #clockAheadMs(): number {
    const lags = this.sources.flatMap(({ leastLagMs }) => leastLagMs ?? [])
    const least = Math.min(...lags)
    return lags.length > 0 && Math.abs(least) > CLOCK_MS ? -least : 0
  }
}

async function* once(rows: readonly StoredRow[]): AsyncGenerator<readonly StoredRow[]> {
  if (rows.length > 0) yield rows
}

function noRoom(cause: unknown): PortolanError {
  return new PortolanError(
    {
      code: 'internal',
      message: 'The lines could not be kept on this computer’s disk.',
      hint: 'Make room on the disk that holds the app’s data, then open the log again.',
      engineMessage: cause instanceof Error ? cause.message : String(cause)
    },
    { cause }
  )
}
