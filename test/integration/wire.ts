import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineDescription } from '../engine/context'

/** A socket of its own before the engine's, that can be cut while the engine lives. */
export class Wire {
  readonly #folder = mkdtempSync(join(tmpdir(), 'wire-'))
  readonly #target: string
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #onIdle: (() => void)[] = []

  private constructor(target: string) {
    this.#target = target
  }

  static async open({ dockerHost }: EngineDescription): Promise<Wire> {
    const wire = new Wire(dockerHost.replace('unix://', ''))
    await wire.mend()
    return wire
  }

  get address(): string {
    return `unix://${this.#path}`
  }

  /** How many connections the mirror's side holds. */
  get connections(): number {
    return this.#sockets.size
  }

  get #path(): string {
    return join(this.#folder, 'docker.sock')
  }

  async mend(): Promise<void> {
    const server = createServer((socket) => this.#join(socket))
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.#path, resolve))
  }

  async cut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    for (const socket of this.#sockets) socket.destroy()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  /** Resolves when the last connection has ended. */
  async idle(): Promise<void> {
    if (this.#sockets.size > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve))
  }

  async close(): Promise<void> {
    await this.cut()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #join(socket: Socket): void {
    this.#sockets.add(socket)
    const engine = connect(this.#target)
    socket.pipe(engine).pipe(socket)
    socket.on('error', () => engine.destroy())
    engine.on('error', () => socket.destroy())
    engine.on('close', () => socket.destroy())
    socket.on('close', () => {
      engine.destroy()
      this.#sockets.delete(socket)
      if (this.#sockets.size === 0) for (const resolve of this.#onIdle.splice(0)) resolve()
    })
  }
}
