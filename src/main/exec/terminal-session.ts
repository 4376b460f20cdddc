import { PortolanError, toErrorData, type ErrorData } from '../../shared/bridge/errors'
import { formatCommand } from '../../shared/command/quote'
import type {
  MarkKind,
  SessionEnd,
  SessionMark,
  TerminalSession,
  TerminalSize,
  ViewMessage
} from '../../shared/exec/model'
import { rowKey } from '../../shared/state'
import type { HandlerContext } from '../bridge/context'
import type { ServerStream } from '../bridge/handlers'
import { closeForSure, nextChance, type Chance } from './closing'
import { FolderWatch } from './folder-watch'
import { KeyQueue } from './keys'
import { openRun, type OpenedRun } from './open-run'
import type { Run } from './run'
import { Transcript } from './transcript'
import { Viewers } from './viewers'

/** A run that ended sooner than this after it began, without a key typed, was no use to anybody. */
const SHORT_RUN_MS = 3000

/** So many short runs one after the other, and the session waits to be asked: a container that crashes on and on is left alone. */
const MOST_SHORT_RUNS = 5

/** So many keys or pastes may wait for a run that is being opened. */
const MOST_EARLY_KEYS = 1000

/** What a view sends up. */
type Up = Uint8Array | TerminalSize

/**
 * A terminal session as main owns it: its runs, one after the other, what they printed, and who looks. Its row in the state tells how
 * it is; it never goes on by itself after {@link dismiss}.
 */
export class LiveSession {
  readonly #context: HandlerContext
  readonly #transcript = new Transcript()
  readonly #viewers = new Viewers(this.#transcript)
  readonly #folders = new FolderWatch()
  readonly #containerKey: string
  #row: TerminalSession
  #size: TerminalSize
  #current: { readonly run: Run; readonly keys: KeyQueue } | undefined
  /** Typed before the run was there to take it. */
  readonly #early: Uint8Array[] = []
  /** Grows whenever somebody decides what comes next: what was begun before gives way. */
  #turn = 0
  #runBeganAtMs = 0
  #typed = false
  #shortRuns = 0
  #isDismissed = false
  #chance: Chance | undefined

  constructor(context: HandlerContext, row: TerminalSession, size: TerminalSize) {
    this.#context = context
    this.#row = row
    this.#size = size
    this.#containerKey = `${row.endpointId}/${row.containerId}`
    context.state.put('sessions', row)
  }

  /** Opens the first run; its failure is told by the row. `echoed`: its command line has been shown already. */
  async begin(start: boolean, echoed: boolean, line: readonly string[]): Promise<void> {
    const turn = this.#nextTurn()
    const open = (): Promise<OpenedRun> => this.#open(start)
    const { history } = this.#context
    try {
      const opened = echoed
        ? await open()
        : await history.echo(this.#row.endpointId, line, open, ({ command }) => command)
      this.#put({ line: formatCommand(opened.command) })
      this.#enter(turn, opened)
    } catch (thrown) {
      this.#fail(turn, toErrorData(thrown))
    }
  }

  /** Begins another run now, of a session that is over or waits. Errors: `conflict` while one is open. */
  async again(): Promise<void> {
    if (this.#current || this.#row.state === 'opening')
      throw new PortolanError({ code: 'conflict', message: 'The session is open.' })
    const turn = this.#nextTurn()
    this.#shortRuns = 0
    this.#put({ state: 'opening' })
    const { history } = this.#context
    try {
      const { kind, started, endpointId, line } = this.#row
      const open = (): Promise<OpenedRun> => this.#open(kind === 'attach' && started)
      const opened = await history.echo(endpointId, line, open, ({ command }) => command)
      this.#enter(turn, opened, 'again')
    } catch (thrown) {
      this.#fail(turn, toErrorData(thrown))
    }
  }

  /**
   * Ends what the session runs: a shell's processes; a container that is attached to is let go of. Errors: `conflict` while the
   * container is paused, `process-exit`, `engine-unreachable`.
   */
  async close(): Promise<void> {
    this.#nextTurn()
    if (this.#current) await this.#current.run.close()
    else if (this.#row.state !== 'ended') this.#put({ state: 'ended', endedAtMs: Date.now() })
  }

  /** Forgets the session at once. Resolves when what it ran has ended, however long that takes. */
  async dismiss(): Promise<void> {
    this.#nextTurn()
    this.#isDismissed = true
    this.#folders.stop()
    this.#context.state.remove('sessions', rowKey(this.#row))
    this.#viewers.end()
    if (this.#current) await closeForSure(this.#current.run, this.#containerKey, this.#context)
  }

  /** Shows it to a window until that closes the stream, or the session is dismissed. */
  async view(stream: ServerStream<ViewMessage, Up>, size: TerminalSize): Promise<void> {
    this.#resize(size)
    stream.onUp((message) => {
      if (message instanceof Uint8Array) this.#type(message)
      else this.#resize(message)
    })
    await this.#viewers.serve(stream)
  }

  #type(bytes: Uint8Array): void {
    if (!this.#current) {
      if (this.#row.state === 'opening' && this.#early.length < MOST_EARLY_KEYS)
        this.#early.push(bytes)
      return
    }
    this.#typed = true
    this.#current.keys.type(bytes)
    this.#folders.typed(bytes, this.#current.run)
  }

  #resize(size: TerminalSize): void {
    this.#size = size
    this.#current?.keys.resize(size.columns, size.rows)
  }

  #open(start: boolean, folder?: string): Promise<OpenedRun> {
    const engine = this.#context.engine(this.#row.endpointId)
    return openRun(engine, this.#row, {
      size: this.#size,
      folder,
      start,
      onInterrupt: () => this.#mark({ kind: 'interrupt', atMs: Date.now() })
    })
  }

  /** A run is open: it is the session's, unless somebody has decided otherwise meanwhile. */
  #enter(turn: number, opened: OpenedRun, kind?: MarkKind): void {
    const { run, known, folder } = opened
    if (turn !== this.#turn) {
      void closeForSure(run, this.#containerKey, this.#context)
      return
    }
    const atMs = Date.now()
    if (kind) this.#mark({ kind, atMs, ...(folder !== undefined && { workingDir: folder }) })
    this.#current = { run, keys: new KeyQueue(run, this.#context) }
    this.#runBeganAtMs = atMs
    this.#typed = false
    this.#folders.begin(folder)
    const { error: _error, endedAtMs: _endedAtMs, end: _end, ...row } = this.#row
    this.#row = row
    this.#put({ ...known, state: 'open', runs: row.runs + 1 })
    this.#resize(this.#size)
    for (const bytes of this.#early.splice(0)) this.#type(bytes)
    void this.#pump(turn, run)
  }

  async #pump(turn: number, run: Run): Promise<void> {
    let end: SessionEnd
    let error: ErrorData | undefined
    try {
      for await (const chunk of run.output as AsyncIterable<Uint8Array>) {
        this.#transcript.push(chunk)
        this.#folders.printed(chunk, run)
        await this.#viewers.caughtUp()
      }
      end = await run.ended
    } catch (thrown) {
      error = toErrorData(thrown)
      end = { exitCode: null, reason: 'engine-lost' }
    }
    this.#folders.stop()
    this.#current = undefined
    if (this.#isDismissed) return
    this.#over(turn, run, end, error)
  }

  #over(turn: number, run: Run, end: SessionEnd, error: ErrorData | undefined): void {
    const atMs = Date.now()
    this.#mark({ kind: 'ended', atMs, end, ...(error && { error }) })
    const goesOn = turn === this.#turn && this.#goesOn(end)
    // A container that has ended is a result, and shown as one, although the session goes on with its next start.
    const waits = goesOn && end.reason !== 'exited'
    this.#put({ state: waits ? 'waiting' : 'ended', end, endedAtMs: atMs, ...(error && { error }) })
    if (goesOn) void this.#revive(turn, end.reason === 'engine-lost' ? run : undefined)
  }

  /** Whether the next run of the container is this session's too. */
  #goesOn({ reason }: SessionEnd): boolean {
    const isShort = Date.now() - this.#runBeganAtMs < SHORT_RUN_MS && !this.#typed
    this.#shortRuns = isShort ? this.#shortRuns + 1 : 0
    if (reason === 'engine-lost') return true
    if (this.#shortRuns >= MOST_SHORT_RUNS) return false
    return this.#row.kind === 'exec' ? reason === 'container-stopped' : reason === 'exited'
  }

  /** Begins the next run as soon as the container runs again. `lost`: the run whose connection was cut, and which may live on. */
  async #revive(turn: number, lost: Run | undefined): Promise<void> {
    const kind: MarkKind = lost ? 'engine-back' : 'restarted'
    const { folder } = this.#folders
    for (;;) {
      const chance = nextChance(this.#context.state, this.#containerKey)
      this.#chance = chance
      try {
        if (lost) await lost.close()
        lost = undefined
        const opened = await this.#open(false, folder)
        chance.forget()
        this.#enter(turn, opened, kind)
        return
      } catch (thrown) {
        const error = toErrorData(thrown)
        const mayPass = this.#mayPass(error)
        if (mayPass) await chance.comes
        if (turn !== this.#turn) return
        if (mayPass) continue
        chance.forget()
        this.#giveUp(turn, error)
        return
      }
    }
  }

  /** Whether another try, after the next change, may do better. */
  #mayPass({ code }: ErrorData): boolean {
    if (code === 'conflict' || code === 'engine-unreachable') return true
    // The container ended again while its shell was being opened.
    return code === 'process-exit' && ++this.#shortRuns < MOST_SHORT_RUNS
  }

  #giveUp(turn: number, error: ErrorData): void {
    const { kind, state, end } = this.#row
    // The container of a run that is over went too: its result stays.
    if (kind === 'attach' && state === 'ended') return
    if (kind === 'attach' || error.code !== 'not-found') this.#fail(turn, error)
    else {
      const exitCode = end?.exitCode ?? null
      this.#put({ state: 'ended', end: { exitCode, reason: 'container-removed' } })
    }
  }

  #fail(turn: number, error: ErrorData): void {
    if (turn !== this.#turn) return
    const atMs = Date.now()
    this.#early.length = 0
    this.#mark({ kind: 'ended', atMs, error })
    this.#put({ state: 'ended', error, endedAtMs: atMs })
  }

  #nextTurn(): number {
    this.#chance?.forget()
    return ++this.#turn
  }

  #mark(mark: SessionMark): void {
    this.#transcript.mark(mark)
    this.#viewers.wake()
  }

  #put(change: Partial<TerminalSession>): void {
    this.#row = { ...this.#row, ...change }
    if (!this.#isDismissed) this.#context.state.put('sessions', this.#row)
  }
}
