import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { PortolanError } from '../../shared/bridge/errors'
import type { ShellEnd, TerminalSize } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import { mapEngineError, type Doing } from '../engine/errors'
import { endSession, type SessionPlace } from './end-session'
import { readFolder } from './folder'
import { howItEnded, isSameRun, noticeDeath } from './ending'
import { inspectContainer, type ContainerState } from './engine-state'
import type { AttachedProcess } from './process'
import { resizeExec } from './resize'

/** How long a shell may take to leave by itself (to write its history, to save an editor's file) once it was hung up. */
const HANG_UP_GRACE_MS = 1000

/** How long its stream may take to end once all of its processes are gone. */
const STREAM_END_MS = 5000

/** How long a container that refuses to end a shell may take to turn out to be dying itself. */
const DEATH_NOTICE_MS = 5000

/** What a session is made of. */
export interface SessionParts {
  readonly process: AttachedProcess
  readonly container: ContainerState
  readonly place: SessionPlace
  readonly shell: string
  readonly firstBytes: Uint8Array
}

/**
 * An open shell. Whoever opened it calls {@link close} in the end, also when it has ended by itself.
 *
 * What the shell prints flows only as fast as {@link output} is read: then the engine's socket is paused, and in the end the
 * process in the container blocks. `ended` settles when the output was read to its end.
 */
export class ShellSession {
  /** What the shell prints, in chunks of bytes. Fails with a `PortolanError` when the engine goes away. */
  readonly output: Readable
  /** How the shell ended. Errors: `engine-unreachable`, `protocol` (the connection was cut, the shell may live). */
  readonly ended: Promise<ShellEnd>
  /** The shell's name, as found: `bash`, `ash`, `sh`, or the one asked for. */
  readonly shell: string
  /** Its process id inside the container. */
  readonly pid: number

  readonly #engine: Engine
  readonly #doing: Doing
  readonly #parts: SessionParts
  readonly #streamOver: Promise<void>
  #closing: Promise<void> | undefined
  #isClosing = false
  #isOver = false
  #wantedSize: TerminalSize | undefined
  #resizing: Promise<void> | undefined

  constructor(engine: Engine, doing: Doing, parts: SessionParts) {
    const { connection } = parts.process
    this.#engine = engine
    this.#doing = doing
    this.#parts = parts
    this.shell = parts.shell
    this.pid = parts.place.sessionId
    this.output = new Readable({ read: () => connection.resume() })
    if (parts.firstBytes.length > 0) this.output.push(parts.firstBytes)
    connection.on('data', (chunk: Uint8Array) => {
      // A closing session is drained, for its end comes behind what it printed.
      if (!this.#isClosing && !this.output.push(chunk)) connection.pause()
    })
    // What an error means is asked of the engine, once the stream is over by it.
    connection.on('error', () => undefined)
    this.#streamOver = Promise.race([
      once(connection, 'end').then(() => undefined),
      once(connection, 'close').then(() => undefined)
    ]).catch(() => undefined)
    this.ended = this.#streamOver.then(() => this.#settle())
    // Who reads only the output, or only closes, has no ear for it: they are told there.
    this.ended.catch(() => undefined)
    this.output.on('error', () => undefined)
  }

  /** Sends keys. Resolves when the engine takes more; bytes for a shell that has ended go nowhere. */
  async write(bytes: Uint8Array): Promise<void> {
    const { connection } = this.#parts.process
    if (!connection.writable || connection.write(bytes)) return
    await Promise.race([once(connection, 'drain').catch(() => undefined), this.#streamOver])
  }

  /**
   * Sets the terminal's size. Of sizes that come faster than the engine takes them only the latest is set; all resolve with it.
   * Errors: `engine-failure`, `engine-unreachable`; none for a shell that has ended.
   */
  resize(columns: number, rows: number): Promise<void> {
    this.#wantedSize = { columns, rows }
    this.#resizing ??= this.#resizeToLatest().finally(() => (this.#resizing = undefined))
    return this.#resizing
  }

  /**
   * Ends the shell and every process of its session in the container, and resolves when the engine says that they are gone. After
   * a shell that has ended by itself it ends nothing: what a person left running on purpose (`nohup server &`, `exit`) stays.
   * Errors: `conflict` while the container is paused, `process-exit` when a process could not be ended, `engine-unreachable`;
   * after one of these it may be called again.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close().catch((thrown: unknown) => {
      this.#closing = undefined
      throw thrown
    })
    return this.#closing
  }

  /** The folder that the shell is in, by a short process beside it; undefined where that cannot be told. */
  async folder(): Promise<string | undefined> {
    if (this.#isClosing || this.#isOver) return undefined
    return readFolder(this.#engine, this.#doing, this.#parts.place).catch(() => undefined)
  }

  async #settle(): Promise<ShellEnd> {
    const { process, container } = this.#parts
    process.connection.destroy()
    try {
      const end = await howItEnded(
        this.#engine,
        this.#doing,
        process.exec.id,
        container,
        () => this.#isClosing
      )
      this.#isOver = true
      if (!this.#isClosing) this.output.push(null)
      return end
    } catch (thrown) {
      if (!this.#isClosing) this.output.destroy(mapEngineError(thrown, this.#doing))
      throw thrown
    }
  }

  async #resizeToLatest(): Promise<void> {
    while (this.#wantedSize) {
      const size = this.#wantedSize
      this.#wantedSize = undefined
      try {
        await resizeExec(this.#engine, this.#doing, this.#parts.process.exec, size)
      } catch (thrown) {
        const { connection } = this.#parts.process
        if (!connection.readableEnded && !connection.destroyed && !this.#isClosing) throw thrown
      }
    }
  }

  async #close(): Promise<void> {
    if (this.#isOver) {
      this.output.destroy()
      return
    }
    const { connection } = this.#parts.process
    // Lost, not ended: if its container was started again meanwhile, the shell's process id is somebody else's there.
    const wasLost = connection.destroyed
    if (wasLost && (await this.#containerIsGone())) return
    if (!this.#isClosing) this.output.push(null)
    this.#isClosing = true
    connection.resume()
    try {
      await endSession(this.#engine, this.#doing, this.#parts.place, () =>
        within(HANG_UP_GRACE_MS, this.#streamOver)
      )
    } catch (thrown) {
      await this.#explainUnended(thrown)
    }
    await within(STREAM_END_MS, this.#streamOver)
    connection.destroy()
    await this.ended.catch((thrown: unknown) => {
      // Cut before we came to close it: its processes are ended all the same.
      if (!wasLost) throw thrown
    })
  }

  /** A container that has gone took the shell with it; else the processes are still there. */
  async #explainUnended(thrown: unknown): Promise<void> {
    if (await this.#containerIsGone()) return
    // One that is just dying refuses our second exec or kills it, and is listed as running until its main process is over, some
    // milliseconds after the shell's stream is.
    await noticeDeath(this.#engine, this.#doing, this.#parts.container, DEATH_NOTICE_MS)
    if (!(await this.#containerIsGone())) throw thrown
  }

  /** Errors: `conflict` for one that is paused, for nothing can be ended there. */
  async #containerIsGone(): Promise<boolean> {
    const { container } = this.#parts
    const now = await inspectContainer(this.#engine, this.#doing, container.id)
    if (!now || !isSameRun(container, now)) return true
    if (!now.paused) return false
    throw new PortolanError({
      code: 'conflict',
      message: `${now.name} is paused, so that its shell cannot be ended.`,
      hint: `Unpause ${now.name}, then close the shell again.`,
      retryable: true,
      ...this.#doing
    })
  }
}

async function within(timeoutMs: number, over: Promise<void>): Promise<void> {
  const timer = new AbortController()
  await Promise.race([
    over,
    delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined)
  ])
  timer.abort()
}
