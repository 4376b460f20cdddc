import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { PortolanError, toErrorData } from '../../shared/bridge/errors'
import type { LogSeam, LogSourceState } from '../../shared/logs/model'
import type { HandlerContext } from '../bridge/context'
import type { Engine } from '../engine/engine'
import { Changes } from './changes'
import { entriesOf, msOfNs, type Line } from './line'
import { LineReader } from './line-reader'
import { inspectLog, logSize, openLog, readLines, type LogFacts } from './operations'
import type { StoredRow } from './segment'
import { takeHeld, type Held, type LogStore } from './store'

/** What is asked for again when a log is opened anew, before the newest line: stdout and stderr are written a little out of order. */
const OVERLAP_NS = 1_000_000_000n
/** A log that ends at once though its container runs is not opened in a busy loop. */
const REOPEN_MS = 300
/** How long the word "started" waits for the first line after it, so that the lines before it come before it. */
const SEAM_MS = 500

/** What a view gives to each of its containers. */
export interface SourceHost {
  readonly context: Pick<HandlerContext, 'engine' | 'state' | 'events'>
  readonly store: LogStore
  /** Takes rows in order; resolves when it takes more. */
  readonly take: (rows: readonly StoredRow[]) => Promise<void>
  /** Resolves when all that was taken is in the store. */
  readonly settled: () => Promise<void>
  /** The source's state has changed. */
  readonly changed: () => void
  readonly signal: AbortSignal
}

/** Entries looked back at first, and at most before all are read. */
const FIRST_CATCH = 1000
const LAST_CATCH = 500_000
/** A rotated log is looked at so often while it grows, in ms. */
const CATCH_MS = 100

/** Errors after which waiting for the engine is of no use. */
const FINAL: ReadonlySet<string> = new Set([
  'unsupported',
  'invalid-input',
  'unauthorized',
  'permission-denied',
  'internal'
])

type Outcome = 'ended' | 'cut'

/** One container's part of a view: reads what is there, follows what comes, and goes on after restarts of the container or the engine. */
export class LogSource {
  readonly index: number
  readonly endpointId: string
  readonly id: string
  state: LogSourceState
  /** Entries of the engine's log that the view holds, from its boundary to its end. */
  heldEntries = 0
  /** Nothing earlier is on the engine. */
  isComplete = false
  isTty = false
  /** The time of the first line that was there when the view was opened: what is older is for the pages of earlier lines. */
  floorNs: bigint | undefined
  /** The smallest time from the engine's stamp to its arrival here, in ms, of lines that came live. */
  leastLagMs: number | undefined
  readonly #host: SourceHost
  #seams: { readonly timeNs: bigint; readonly seam: LogSeam }[] = []
  #seamTimer: NodeJS.Timeout | undefined
  #changes: Changes | undefined
  #run: { readonly startedAtNs: bigint; hasExited: boolean } | undefined
  /** The exit that all was read of. */
  #settledNs: bigint | undefined
  /** Ends without a newline, when the container ended in the middle of a line. */
  #openEnd: Line | undefined

  constructor(
    index: number,
    target: { readonly endpointId: string; readonly containerId: string },
    host: SourceHost
  ) {
    this.index = index
    this.endpointId = target.endpointId
    this.id = target.containerId
    this.#host = host
    const name =
      host.context.state.get('containers', `${this.endpointId}/${this.id}`)?.name ??
      this.id.slice(0, 12)
    this.state = { ...target, name, state: 'reading' }
  }

  get engine(): Engine {
    return this.#host.context.engine(this.endpointId)
  }

  /** Learns what the container is. Errors: `not-found`, `engine-unreachable`. */
  async inspect(): Promise<LogFacts> {
    const facts = await inspectLog(this.engine, this.id)
    this.isTty = facts.isTty
    const sizeBytes = await logSize(this.engine, facts)
    this.#say({
      name: facts.name,
      driver: facts.driver,
      ...(sizeBytes !== undefined && { sizeBytes })
    })
    return facts
  }

  /**
   * The last lines that are there. A tail may begin inside a long line: unless it is the whole log, its first line is left out.
   * Errors: `unsupported`.
   */
  async readTail(tail: number, sinceNs: bigint | undefined): Promise<StoredRow[]> {
    const { startedAtNs, isRunning } = await this.inspect()
    this.#run = { startedAtNs, hasExited: !isRunning }
    for (let wanted = tail + 1; ; wanted *= 8) {
      const lines: Line[] = []
      let entries = 0
      for await (const some of readLines(
        this.engine,
        this,
        { tail: wanted, sinceNs },
        this.#host.signal
      )) {
        for (const line of some) lines.push(line)
      }
      for (const line of lines) entries += entriesOf(line.text.length)
      this.isComplete = entries < wanted
      if (!this.isComplete) lines.shift()
      if (lines.length > 0 || this.isComplete) return lines.map((line) => this.rowOf(line))
    }
  }

  /** All lines between two times. Errors: `unsupported`. */
  async *readRange(sinceNs: bigint | undefined, untilNs: bigint): AsyncGenerator<StoredRow[]> {
    await this.inspect()
    this.isComplete = true
    const range = { sinceNs, untilNs }
    for await (const lines of readLines(this.engine, this, range, this.#host.signal))
      yield lines.map((line) => this.rowOf(line))
  }

  rowOf(line: Line): StoredRow {
    return { timeNs: line.timeNs, source: this.index, kind: line.stream, text: line.text }
  }

  /** Nothing more comes of it. */
  end(error?: unknown): void {
    this.#say({ state: 'ended', ...(error !== undefined && { error: toErrorData(error) }) })
  }

  /** Follows until the container is removed, or the view is closed. */
  async follow(sinceNs: bigint | undefined): Promise<void> {
    const { signal, context } = this.#host
    const changes = new Changes(context, this.endpointId, this.id, signal)
    this.#changes = changes
    changes.onStart = () => void this.#noteStart()
    let isLost = false
    try {
      while (!signal.aborted) {
        const change = changes.next()
        try {
          const facts = await this.inspect()
          if (isLost) await this.#emitSeam({ kind: 'engine-back' })
          isLost = false
          this.#noteRun(facts)
          if (!facts.isRunning && this.#settledNs === facts.finishedAtNs) {
            this.#say({ state: 'waiting' })
            await change
            continue
          }
          if (facts.isRunning) this.#say({ state: 'following' })
          const outcome = await this.#readLive(facts, sinceNs)
          if (outcome === 'ended' && facts.isRunning) await changes.within(REOPEN_MS)
        } catch (thrown) {
          if (signal.aborted) return
          const { code } = toErrorData(thrown)
          if (code === 'not-found') return await this.#removed()
          if (FINAL.has(code)) throw thrown
          if (!isLost) await this.#emitSeam({ kind: 'engine-lost' })
          isLost = true
          this.#say({ state: 'waiting' })
          await change
        }
      }
    } finally {
      clearTimeout(this.#seamTimer)
      changes.stop()
    }
  }

  /** A log that was opened in the moment of a restart goes on over it, without an end. */
  async #noteStart(): Promise<void> {
    try {
      this.#noteRun(await this.inspect())
      this.#awaitSeams()
    } catch {
      // It is gone again, and the reading ends with it: there it is said.
    }
  }

  #awaitSeams(): void {
    clearTimeout(this.#seamTimer)
    if (this.#seams.length > 0) this.#seamTimer = setTimeout(() => void this.#flushSeams(), SEAM_MS)
  }

  async #removed(): Promise<void> {
    await this.#emitSeam({ kind: 'removed' })
    this.#say({ state: 'ended' })
  }

  /** Tells the seams between the run that was followed and the one that there is now. */
  #noteRun(facts: LogFacts): void {
    const before = this.#run
    if (before && before.startedAtNs === facts.startedAtNs) return
    this.#run = { startedAtNs: facts.startedAtNs, hasExited: false }
    if (!before) return
    const timeNs = facts.startedAtNs
    if (!before.hasExited) this.#seams.push({ timeNs, seam: { kind: 'exited' } })
    this.#seams.push({ timeNs, seam: { kind: 'started' } })
  }

  /** Reads from the newest held line on, and hands on what is not held. */
  async #readLive(facts: LogFacts, sinceNs: bigint | undefined): Promise<Outcome> {
    const { signal } = this.#host
    await this.#host.settled()
    const held = await this.#host.store.heldAtEnd(this.index, OVERLAP_NS)
    // A terminal's log does not tell where an unended line stops and the next run begins: that line is not asked for again.
    const fromNs =
      this.#openEnd && this.isTty
        ? this.#openEnd.timeNs + 1n
        : held.newest
          ? held.fromNs
          : (this.floorNs ?? sinceNs)
    const stream = await openLog(this.engine, this.id, { follow: true, sinceNs: fromNs })
    const stop = (): void => void stream.destroy()
    signal.addEventListener('abort', stop, { once: true })
    this.#awaitSeams()
    const reader = new LineReader(facts.isTty)
    const gap = new GapWatch(held, fromNs)
    try {
      if (facts.isRotated) {
        for await (const _more of signals(stream)) await this.#catchUp(facts, sinceNs)
        await this.#catchUp(facts, sinceNs)
      } else {
        for await (const chunk of stream) await this.#take(reader.push(chunk as Buffer), held, gap)
      }
      // Of a container that goes on the rest comes when it is opened again.
      if (facts.isRunning) return 'ended'
      const rest = reader.flush()
      this.#openEnd = rest.at(-1)
      await this.#take(rest, held, gap)
      this.#settledNs = facts.finishedAtNs
      if (this.#run && !this.#run.hasExited) {
        this.#run.hasExited = true
        await this.#emitSeam({ kind: 'exited', exitCode: facts.exitCode })
      }
      return 'ended'
    } catch (thrown) {
      if (thrown instanceof PortolanError) throw thrown
      return 'cut'
    } finally {
      signal.removeEventListener('abort', stop)
      clearTimeout(this.#seamTimer)
      stream.destroy()
    }
  }

  /**
   * Reads what is new from the log's end, as far back as what is held. For logs that are rotated: what their follower gets only tells
   * that there is more.
   */
  async #catchUp(facts: LogFacts, sinceNs: bigint | undefined): Promise<void> {
    await this.#host.settled()
    const held = await this.#host.store.heldAtEnd(this.index, OVERLAP_NS)
    const fromNs = held.newest ? held.fromNs : (this.floorNs ?? sinceNs)
    for (
      let tail: number | undefined = FIRST_CATCH;
      ;
      tail = tail < LAST_CATCH ? tail * 8 : undefined
    ) {
      const lines: Line[] = []
      const stream = await openLog(this.engine, this.id, { follow: false, tail, sinceNs: fromNs })
      const reader = new LineReader(facts.isTty)
      for await (const chunk of stream) lines.push(...reader.push(chunk as Buffer))
      // The end of a line that is still being printed comes with the next.
      if (!facts.isRunning) lines.push(...reader.flush())
      const entries = lines.reduce((sum, { text }) => sum + entriesOf(text.length), 0)
      const isCut = tail !== undefined && entries >= tail
      if (isCut) lines.shift()
      const [first] = lines
      if (
        tail !== undefined &&
        isCut &&
        (!first || !held.newest || first.timeNs > held.newest.timeNs)
      )
        continue
      await this.#take(lines, held, new GapWatch(held, fromNs))
      return
    }
  }

  async #take(lines: readonly Line[], held: Held, gap: GapWatch): Promise<void> {
    const rows: StoredRow[] = []
    for (const line of lines) {
      if (this.floorNs !== undefined && line.timeNs < this.floorNs) continue
      if (takeHeld(held.counts, line)) continue
      if (gap.isBefore(line)) rows.push(this.#seamRow({ kind: 'lines-lost' }, line.timeNs))
      while (this.#seams[0] && this.#seams[0].timeNs <= line.timeNs) {
        const due = this.#seams.shift()
        if (due) rows.push(this.#seamRow(this.#withCode(due.seam), due.timeNs))
      }
      this.heldEntries += entriesOf(line.text.length)
      rows.push(this.rowOf(line))
    }
    const last = lines.at(-1)
    if (!last || rows.length === 0) return
    const lagMs = Date.now() - msOfNs(last.timeNs)
    this.leastLagMs = Math.min(this.leastLagMs ?? Infinity, lagMs)
    await this.#host.take(rows)
  }

  async #flushSeams(): Promise<void> {
    for (const { seam, timeNs } of this.#seams.splice(0))
      await this.#host.take([this.#seamRow(this.#withCode(seam), timeNs)])
  }

  /** The engine may tell the code of an exit after the next start is seen. */
  #withCode(seam: LogSeam): LogSeam {
    const exitCode = this.#changes?.takeExitCode()
    return seam.kind === 'exited' && exitCode !== undefined ? { ...seam, exitCode } : seam
  }

  async #emitSeam(seam: LogSeam): Promise<void> {
    await this.#flushSeams()
    await this.#host.settled()
    const { newest } = await this.#host.store.heldAtEnd(this.index, 0n)
    await this.#host.take([this.#seamRow(seam, newest?.timeNs ?? BigInt(Date.now()) * 1_000_000n)])
  }

  #seamRow(seam: LogSeam, timeNs: bigint): StoredRow {
    return { timeNs, source: this.index, kind: 'seam', text: Buffer.from(JSON.stringify(seam)) }
  }

  #say(change: Partial<LogSourceState>): void {
    this.state = { ...this.state, ...change }
    this.#host.changed()
  }
}

/** Something each time that more has come, and not more often than it is worth to look. Throws what the stream does. */
async function* signals(stream: Readable): AsyncGenerator<void> {
  let seenMs = 0
  for await (const _chunk of stream) {
    if (performance.now() - seenMs < CATCH_MS) {
      await delay(CATCH_MS)
      // What has come meanwhile is read with the same look.
      while (stream.read() !== null) continue
    }
    yield
    seenMs = performance.now()
  }
}

/** Tells whether lines are missing between what is held and what comes: then the newest held line did not come again. */
class GapWatch {
  readonly #held: Held
  #isDecided: boolean

  constructor(held: Held, fromNs: bigint | undefined) {
    this.#held = held
    this.#isDecided = !held.newest || fromNs === undefined || fromNs > held.newest.timeNs
  }

  /** To be asked with each line that is not held. */
  isBefore(line: Line): boolean {
    const { newest, counts } = this.#held
    if (this.#isDecided || !newest || line.timeNs <= newest.timeNs) return false
    this.#isDecided = true
    return counts.has(newest.key)
  }
}
