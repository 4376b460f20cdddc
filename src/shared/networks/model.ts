/** One address range of a network. */
export interface NetworkRange {
  readonly subnet: string
  readonly gateway?: string
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
  readonly createdAtMs: number
  readonly labels: Readonly<Record<string, string>>
}

/** The networks that every engine brings and nobody can remove. */
export function isPredefined(network: Pick<Network, 'name'>): boolean {
  return network.name === 'bridge' || network.name === 'host' || network.name === 'none'
}
