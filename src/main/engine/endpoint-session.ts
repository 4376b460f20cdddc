import { PortolanError, toErrorData, type ErrorData } from '../../shared/bridge/errors'
import { formatAddress } from '../../shared/engines/address'
import type { Endpoint, EndpointAddress, EndpointStatus } from '../../shared/engines/model'
import { Engine } from './engine'
import type { EngineEvent } from './events'
import { Mirror, type MirrorSink } from './mirror'

/** The first wait before connecting again, and the longest: the window is back in a blink, and a dead engine costs nothing. */
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 2000

interface SessionOptions {
  readonly id: string
  readonly name: string
  readonly address: EndpointAddress
  readonly isPrivate: boolean
  readonly sink: MirrorSink
  readonly onEndpoint: (endpoint: Endpoint) => void
  /** Hears what the engine says while it is connected. */
  readonly onEvent?: (event: EngineEvent) => void
  /** Called after each connect and its first listing, and waited for by nobody: to sweep what a crash left. */
  readonly onConnected?: (engine: Engine) => Promise<void>
  /** Longest wait for an engine's first answers, if not {@link Engine.connect}'s own. */
  readonly connectLimitMs?: number
}

/**
 * One endpoint for as long as the app knows it: connects, mirrors, notices that the engine went, keeps the last rows, and connects
 * again by itself. A slow or dead endpoint never delays another: each has a session of its own.
 */
export class EndpointSession {
  private readonly options: SessionOptions
  private endpoint: Endpoint
  private current: { readonly engine: Engine; readonly mirror: Mirror } | undefined
  private retryMs = FIRST_RETRY_MS
  private timer: NodeJS.Timeout | undefined
  private closed = false
  private connecting = false

  constructor(options: SessionOptions) {
    this.options = options
    this.endpoint = {
      id: options.id,
      name: options.name || formatAddress(options.address),
      address: options.address,
      status: 'connecting',
      sinceMs: Date.now(),
      listed: false,
      isPrivate: options.isPrivate
    }
    this.publish()
  }

  /** The engine while it is connected. */
  get engine(): Engine | undefined {
    return this.current?.engine
  }

  get address(): EndpointAddress {
    return this.options.address
  }

  /** Tries to connect now, whatever the wait; nothing happens while connected or connecting. */
  async connect(): Promise<void> {
    if (this.closed || this.current || this.connecting) return
    this.connecting = true
    clearTimeout(this.timer)
    let mirror: Mirror | undefined
    try {
      const engine = await Engine.connect(
        this.options.id,
        this.options.address,
        this.options.connectLimitMs
      )
      const started = new Mirror(engine, this.options.sink, this.options.onEvent)
      mirror = started
      let ended = false
      await started.start(() => {
        ended = true
        this.lose(started)
      })
      if (ended || this.closed) {
        throw new PortolanError({
          code: 'engine-unreachable',
          message: 'The engine closed the connection.'
        })
      }
      this.current = { engine, mirror: started }
      this.retryMs = FIRST_RETRY_MS
      this.enter('connected', undefined, {
        engineVersion: engine.info.version,
        apiVersion: engine.info.apiVersion,
        os: engine.info.os,
        arch: engine.info.arch,
        listed: true
      })
      // Not awaited: while it runs, an engine that goes away must be connected to again.
      void this.options.onConnected?.(engine).catch(() => undefined)
    } catch (thrown) {
      mirror?.stop()
      this.fail(toErrorData(thrown))
    } finally {
      this.connecting = false
    }
  }

  /** Ends the session; nothing is reconnected any more. */
  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.current?.mirror.stop()
    this.current = undefined
  }

  private lose(mirror: Mirror): void {
    if (this.current?.mirror !== mirror) return
    mirror.stop()
    this.current = undefined
    if (this.closed) return
    this.enter('lost', { code: 'engine-unreachable', message: 'The engine went away.' })
    this.retrySoon()
  }

  private fail(error: ErrorData): void {
    if (this.closed) return
    const status =
      error.code === 'permission-denied' ? 'denied' : this.endpoint.listed ? 'lost' : 'unreachable'
    if (this.endpoint.status !== status || this.endpoint.error?.code !== error.code) {
      this.enter(status, error)
    }
    this.retrySoon()
  }

  private retrySoon(): void {
    this.timer = setTimeout(() => void this.connect(), this.retryMs)
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS)
  }

  private enter(status: EndpointStatus, error?: ErrorData, more: Partial<Endpoint> = {}): void {
    const { error: _old, ...rest } = this.endpoint
    const sinceMs = status === rest.status ? rest.sinceMs : Date.now()
    this.endpoint = { ...rest, ...more, status, sinceMs, ...(error && { error }) }
    this.publish()
  }

  private publish(): void {
    this.options.onEndpoint(this.endpoint)
  }
}
