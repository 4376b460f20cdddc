/** One address range of a network. */
export interface NetworkRange {
  readonly subnet: string
  readonly gateway?: string
  /** The part of the subnet that the engine draws addresses from; absent: all of it. */
  readonly ipRange?: string
}

/** A network as the lists know it; who is on it is told by the containers' attachments. Source: `GET /networks`. */
export interface Network {
  readonly endpointId: string
  readonly id: string
  /** Not unique: the engine allows two networks of one name. */
  readonly name: string
  readonly driver: string
  readonly scope: string
  readonly internal: boolean
  readonly attachable: boolean
  readonly ipv6: boolean
  readonly ranges: readonly NetworkRange[]
  /** The driver's options; absent: none. */
  readonly options?: Readonly<Record<string, string>>
  /** The swarm's own way in, which is nobody's to remove. */
  readonly isIngress?: boolean
  readonly createdAtMs: number
  readonly labels: Readonly<Record<string, string>>
}

/** The networks that every engine brings and nobody can remove. */
export function isPredefined(network: Pick<Network, 'name'>): boolean {
  return network.name === 'bridge' || network.name === 'host' || network.name === 'none'
}

type Named = Pick<Network, 'id' | 'name'>

/** Whether another network has the same name: only their ids tell them apart. */
function isNameShared(network: Named, networks: readonly Named[]): boolean {
  return networks.some(({ id, name }) => name === network.name && id !== network.id)
}

/** What to write for a network in a command: its name, or the short id where docker would call the name ambiguous. */
export function networkHandle(network: Named, networks: readonly Named[]): string {
  return isNameShared(network, networks) ? network.id.slice(0, 12) : network.name
}

/** What a person reads: its name, with the short id where another network has the same. */
export function networkLabel(network: Named, networks: readonly Named[]): string {
  return isNameShared(network, networks)
    ? `${network.name} (${network.id.slice(0, 12)})`
    : network.name
}

/** What the engine, and the machine as far as it is the same, have to say to whoever makes a network. */
export interface NetworkSurroundings {
  /** The network drivers that the engine has, in its words. Source: `GET /info`. */
  readonly drivers: readonly string[]
  /** Whether the engine is part of a swarm: overlay networks need one. */
  readonly isSwarm: boolean
  /** The machine's own routes that are not docker's; empty where the engine runs on another machine, or nobody can tell. */
  readonly routes: readonly HostRoute[]
}

/** A range that the engine's machine reaches through an interface of its own. */
export interface HostRoute {
  /** Such as `192.168.1.0/24`. */
  readonly range: string
  readonly device: string
}
