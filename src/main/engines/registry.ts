import { PortolanError } from '../../shared/bridge/errors'
import { formatAddress } from '../../shared/engines/address'
import type { EndpointAddress } from '../../shared/engines/model'
import type { StateStore } from '../bridge/state-store'
import { EndpointSession } from '../engine/endpoint-session'
import type { Engine } from '../engine/engine'
import type { EngineEvents } from '../engine/engine-events'

/** The endpoints that the app knows, each with a session of its own. */
export class EndpointRegistry {
  private readonly state: StateStore
  private readonly events: EngineEvents
  private readonly onConnected: (engine: Engine) => Promise<void>
  private readonly sessions = new Map<string, EndpointSession>()

  constructor(
    state: StateStore,
    events: EngineEvents,
    onConnected: (engine: Engine) => Promise<void>
  ) {
    this.state = state
    this.events = events
    this.onConnected = onConnected
  }

  /** Knows an endpoint from now on and begins to connect to it. Answers its id; the same address is the same endpoint. */
  add(address: EndpointAddress, options: { name?: string; isPrivate?: boolean } = {}): string {
    const written = formatAddress(address)
    const known = [...this.sessions].find(
      ([, session]) => formatAddress(session.address) === written
    )
    if (known) return known[0]
    const id = `e${this.sessions.size + 1}`
    const session = new EndpointSession({
      id,
      name: options.name ?? '',
      address,
      isPrivate: options.isPrivate ?? false,
      sink: this.state,
      onEndpoint: (endpoint) => this.state.put('endpoints', endpoint),
      onEvent: (event) => this.events.tell(id, event),
      onConnected: this.onConnected
    })
    this.sessions.set(id, session)
    void session.connect()
    return id
  }

  /** The connected engine of an endpoint. Errors: `engine-unreachable`, `not-found`. */
  engine(endpointId: string): Engine {
    const { engine } = this.session(endpointId)
    if (engine) return engine
    throw new PortolanError({
      code: 'engine-unreachable',
      message: 'The engine is not connected.',
      hint: 'Portolan connects again by itself as soon as the engine answers.',
      retryable: true
    })
  }

  /** Errors: `not-found`. */
  session(endpointId: string): EndpointSession {
    const session = this.sessions.get(endpointId)
    if (session) return session
    throw new PortolanError({
      code: 'not-found',
      message: 'This engine is not known here.',
      subject: { kind: 'endpoint', id: endpointId }
    })
  }

  closeAll(): void {
    for (const session of this.sessions.values()) session.close()
  }
}
