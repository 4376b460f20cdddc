import { StateStore } from '../../src/main/bridge/state-store'
import type { HandlerContext } from '../../src/main/bridge/context'
import { History } from '../../src/main/bridge/history'
import { EndpointSession } from '../../src/main/engine/endpoint-session'
import { Sessions, type SessionRequest } from '../../src/main/exec/sessions'
import { PortolanError } from '../../src/shared/bridge/errors'
import { parseAddress } from '../../src/shared/engines/address'
import type {
  SessionMark,
  TerminalSession,
  TerminalSize,
  ViewMessage
} from '../../src/shared/exec/model'
import type { Cleanup } from '../engine/context'
import { ID, Watched } from './watched'

const SIZE = { columns: 80, rows: 24 }

/** Main's sessions on an engine, without a window: the state as a window would mirror it, and views as it would open them. */
export class Terminals {
  readonly sessions: Sessions
  readonly watched: Watched
  readonly faults: unknown[] = []
  readonly #cleanup: Cleanup

  private constructor(cleanup: Cleanup, watched: Watched) {
    this.#cleanup = cleanup
    this.watched = watched
    const { store, session } = watched
    const context = {
      engine: () => {
        if (session.engine) return session.engine
        throw new PortolanError({ code: 'engine-unreachable', message: 'The engine is away.' })
      },
      state: store,
      history: new History(store),
      report: (_operation: string, fault: unknown) => void this.faults.push(fault)
    }
    this.sessions = new Sessions(context as unknown as HandlerContext)
    cleanup.add(() => this.sessions.stop())
  }

  /** Connects to an engine; all ends at clean-up. */
  static async connect(cleanup: Cleanup, dockerHost: string): Promise<Terminals> {
    const store = new StateStore()
    const session = new EndpointSession({
      id: ID,
      name: '',
      address: parseAddress(dockerHost),
      isPrivate: false,
      sink: store,
      onEndpoint: (endpoint) => store.put('endpoints', endpoint)
    })
    cleanup.add(async () => session.close())
    await session.connect()
    return new Terminals(cleanup, new Watched(store, session))
  }

  async shell(containerId: string, choice: Partial<SessionRequest> = {}): Promise<string> {
    await this.#known(containerId)
    const request = { ...SIZE, endpointId: ID, containerId, kind: 'exec', ...choice }
    return this.sessions.open(request as SessionRequest).sessionId
  }

  async attach(containerId: string, start: boolean): Promise<string> {
    await this.#known(containerId)
    return this.sessions.open({ ...SIZE, endpointId: ID, containerId, kind: 'attach', start })
      .sessionId
  }

  row(sessionId: string): TerminalSession | undefined {
    return this.watched.store.get('sessions', `${ID}/${sessionId}`)
  }

  async until(
    sessionId: string,
    title: string,
    isSo: (row: TerminalSession) => boolean
  ): Promise<void> {
    await this.watched.until(title, () => {
      const row = this.row(sessionId)
      return row !== undefined && isSo(row)
    })
  }

  /** Looks at a session as a window does; closed at clean-up. */
  view(sessionId: string, takes: () => Promise<void> = () => Promise.resolve()): View {
    const view = new View(this.sessions, sessionId, takes)
    this.#cleanup.add(async () => view.close())
    return view
  }

  #known(containerId: string): Promise<void> {
    return this.watched.until(
      'the container',
      () => this.watched.container(containerId) !== undefined
    )
  }
}

/** One view of a session: all that it was sent. */
export class View {
  readonly marks: SessionMark[] = []
  readonly ended: Promise<void>
  isLive = false
  isCut = false
  /** The end of what has come. */
  tail = ''
  length = 0
  readonly #chunks: Uint8Array[] = []
  readonly #abort = new AbortController()
  #up: (message: Uint8Array | TerminalSize) => void = () => undefined
  #told: () => void = () => undefined

  constructor(sessions: Sessions, sessionId: string, takes: () => Promise<void>) {
    this.ended = sessions.get(sessionId).view(
      {
        signal: this.#abort.signal,
        onUp: (listener) => (this.#up = listener),
        send: async (message) => {
          await takes()
          if (this.#abort.signal.aborted) throw new Error('closed')
          this.#take(message)
        }
      },
      SIZE
    )
    this.ended.catch(() => undefined)
  }

  /** What came, in the pieces that it came in. */
  get chunks(): readonly Uint8Array[] {
    return this.#chunks
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  get text(): string {
    return this.bytes.toString()
  }

  type(text: string): void {
    this.#up(Buffer.from(text))
  }

  resize(columns: number, rows: number): void {
    this.#up({ columns, rows })
  }

  close(): void {
    this.#abort.abort()
  }

  /** Resolves as soon as what has come makes it so. */
  async until(isSo: (view: View) => boolean): Promise<void> {
    const timer = setTimeout(() => this.#told(), 20_000)
    const deadlineMs = Date.now() + 20_000
    try {
      while (!isSo(this)) {
        if (Date.now() >= deadlineMs)
          throw new Error(
            `Not seen; the end of what came: ${JSON.stringify(this.tail.slice(-500))}`
          )
        await new Promise<void>((resolve) => (this.#told = resolve))
      }
    } finally {
      clearTimeout(timer)
    }
  }

  #take(message: ViewMessage): void {
    if (message instanceof Uint8Array) {
      this.#chunks.push(Buffer.from(message))
      this.length += message.length
      const start = Math.max(message.length - 4096, 0)
      this.tail = (this.tail + Buffer.from(message.subarray(start)).toString()).slice(-4096)
    } else if ('mark' in message) this.marks.push(message.mark)
    else {
      this.isLive = true
      this.isCut = message.cut
    }
    this.#told()
  }
}
