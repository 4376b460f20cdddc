import { once } from 'node:events'
import { Readable, type Duplex } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import type { SessionEnd } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import { mapEngineError, type Doing } from '../engine/errors'
import { FrameReader, type FramePiece } from '../engine/frames'
import { DetachKeys } from './detach-keys'
import { LineInput } from './line-input'
import type { Run } from './run'

/** What an attached container is made of. */
export interface AttachParts {
  readonly containerId: string
  readonly connection: Duplex
  /** Settles with the exit code when the container has ended. */
  readonly exit: { readonly code: Promise<number | null>; readonly forget: () => void }
  readonly tty: boolean
  readonly stdin: boolean
  /** As docker writes them. */
  readonly detachKeys: string
  /** Called when Ctrl+C was passed on as a signal. */
  readonly onInterrupt: () => void
}

/** The error stream's colour, and what ends it. */
const RED = Buffer.from('\u001b[31m')
const NOT_RED = Buffer.from('\u001b[39m')

/**
 * A container's main process, attached to. With a terminal of its own bytes pass as they are; without one both streams are shown,
 * errors in red, and input goes by lines. The keys to detach and {@link close} let go of it: the container goes on.
 */
export class AttachRun implements Run {
  readonly output: Readable
  readonly ended: Promise<SessionEnd>
  readonly tty: boolean
  readonly stdin: boolean
  readonly detachKeys: string

  readonly #engine: Engine
  readonly #doing: Doing
  readonly #parts: AttachParts
  readonly #keys: DetachKeys
  readonly #lines = new LineInput()
  readonly #frames = new FrameReader()
  readonly #attachedAtMs = Date.now()
  #isDetached = false
  #isInputOver = false

  constructor(engine: Engine, doing: Doing, parts: AttachParts) {
    const { connection } = parts
    this.#engine = engine
    this.#doing = doing
    this.#parts = parts
    this.tty = parts.tty
    this.stdin = parts.stdin
    this.detachKeys = parts.detachKeys
    this.#keys = new DetachKeys(parts.detachKeys)
    this.output = new Readable({ read: () => connection.resume() })
    connection.on('data', (chunk: Uint8Array) => this.#take(chunk))
    connection.on('error', () => undefined)
    this.output.on('error', () => undefined)
    this.ended = this.#settle(
      Promise.race([once(connection, 'end'), once(connection, 'close')]).catch(() => undefined)
    )
    this.ended.catch(() => undefined)
  }

  /** Sends keys; bytes for a container that takes no input go nowhere, but Ctrl+C and the keys to detach. */
  async write(bytes: Uint8Array): Promise<void> {
    const { send, detaches } = this.#keys.push(bytes)
    if (this.tty) await this.#send(send)
    else await this.#sendLines(send)
    if (detaches) await this.close()
  }

  /** Errors: `engine-failure`, `engine-unreachable`; none for a container that has ended, or that has no terminal. */
  async resize(columns: number, rows: number): Promise<void> {
    if (!this.tty || this.#isDetached) return
    await this.#engine
      .do(this.#doing, (docker) =>
        docker.getContainer(this.#parts.containerId).resize({ h: rows, w: columns })
      )
      .catch((thrown: unknown) => {
        const gone = this.#parts.connection.destroyed || this.#parts.connection.readableEnded
        const code = thrown instanceof PortolanError ? thrown.code : undefined
        if (!gone && code !== 'conflict' && code !== 'not-found') throw thrown
      })
  }

  /** Lets go of the container. */
  async close(): Promise<void> {
    if (this.#isDetached) return
    this.#isDetached = true
    this.#parts.exit.forget()
    this.#parts.connection.destroy()
    this.output.push(null)
    await this.ended.catch(() => undefined)
  }

  #take(chunk: Uint8Array): void {
    if (this.#isDetached) return
    try {
      const pieces = this.tty ? [chunk] : this.#frames.push(chunk).flatMap(shown)
      let goesOn = true
      for (const piece of pieces) goesOn = this.output.push(piece)
      if (!goesOn) this.#parts.connection.pause()
    } catch (thrown) {
      this.#parts.connection.destroy()
      this.output.destroy(mapEngineError(thrown, this.#doing))
    }
  }

  async #settle(over: Promise<unknown>): Promise<SessionEnd> {
    await over
    const { connection, exit, containerId } = this.#parts
    connection.destroy()
    if (this.#isDetached) return { exitCode: null, reason: 'detached' }
    try {
      const exitCode = await exit.code
      const lived = await this.#lived(containerId)
      this.output.push(null)
      return { exitCode, reason: 'exited', livedMs: lived }
    } catch (thrown) {
      const error = mapEngineError(thrown, this.#doing)
      this.output.destroy(error)
      throw error
    }
  }

  /** By the engine's clock where it still knows the container, else by ours since we attached. */
  async #lived(containerId: string): Promise<number> {
    const byUs = Date.now() - this.#attachedAtMs
    try {
      const { State } = await this.#engine.do(this.#doing, (docker) =>
        docker.getContainer(containerId).inspect()
      )
      const lived = Date.parse(State.FinishedAt) - Date.parse(State.StartedAt)
      return lived >= 0 ? lived : byUs
    } catch {
      return byUs
    }
  }

  async #send(bytes: Uint8Array): Promise<void> {
    const { connection } = this.#parts
    if (!this.stdin || bytes.length === 0 || !connection.writable || this.#isInputOver) return
    if (connection.write(bytes)) return
    await Promise.race([once(connection, 'drain'), once(connection, 'close')]).catch(
      () => undefined
    )
  }

  async #sendLines(bytes: Uint8Array): Promise<void> {
    const { echo, send, isOver, interrupts } = this.#lines.push(bytes)
    const shows = this.stdin && !this.#isInputOver
    if (echo !== '' && !this.output.destroyed && (shows || interrupts))
      this.output.push(shows ? echo : '^C\r\n')
    if (shows) await this.#send(Buffer.from(send))
    if (isOver && shows) {
      this.#isInputOver = true
      this.#parts.connection.end()
    }
    if (interrupts) await this.#interrupt()
  }

  /** What `docker attach` does with Ctrl+C where the process has no terminal that would: it sends the signal. */
  async #interrupt(): Promise<void> {
    this.#parts.onInterrupt()
    await this.#engine.do(this.#doing, (docker) =>
      docker.getContainer(this.#parts.containerId).kill({ signal: 'SIGINT' })
    )
  }
}

function shown({ stream, bytes }: FramePiece): Uint8Array[] {
  return stream === 'stdout' ? [bytes] : [RED, bytes, NOT_RED]
}
