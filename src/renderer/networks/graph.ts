import type { Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { portsOf, type PortNode } from './ports'

/** Compose's label: the project that made a container or a network. Source: compose-spec, labels. */
const PROJECT_LABEL = 'com.docker.compose.project'

/** `host` and `none` are places, no networks that join anybody; `adrift` is where containers on no network are. */
export type HubKind = 'network' | 'host' | 'none' | 'adrift'

/** A network as the chart draws it. */
export interface Hub {
  /** Its name, and its id as well where the name is not unique: what the layout remembers places by. */
  readonly key: string
  readonly kind: HubKind
  readonly name: string
  /** Absent for the place of those on no network. */
  readonly network?: Network
  /** The Compose project that made it. */
  readonly project?: string
}

/** A container's attachment to a hub. */
export interface Link {
  readonly hubKey: string
  readonly networkId: string
  /** IPv4, else IPv6; empty while it has none. */
  readonly address: string
}

/** What stands beside hubs and has a place of its own. */
export interface Placed {
  readonly key: string
  readonly links: readonly Pick<Link, 'hubKey'>[]
  /** The key of the container whose network namespace it shares. */
  readonly ownerKey?: string
}

/** A container as the chart draws it. Its key is its name: a container that is made anew finds its old place. */
export interface ChartNode extends Placed {
  readonly container: Container
  readonly links: readonly Link[]
  /** The Compose project that it is part of. */
  readonly project?: string
}

/** What the chart shows, apart from where. */
export interface Graph {
  readonly hubs: readonly Hub[]
  readonly nodes: readonly ChartNode[]
  /** The ports of the host that lead to containers; they stand beside the host. */
  readonly ports: readonly PortNode[]
}

/** Everything that stands beside hubs. */
export function placedOf({ nodes, ports }: Graph): readonly Placed[] {
  return [...nodes, ...ports]
}

export const ADRIFT_KEY = ' adrift'

/**
 * The chart of these containers and networks, in the order of their names; the host only where somebody is on its network or a port
 * of its leads to somebody, none only where somebody is.
 */
export function buildGraph(containers: readonly Container[], networks: readonly Network[]): Graph {
  const keys = hubKeys(networks)
  const byName = new Map(networks.map((network) => [network.name, network]))
  const byId = new Map(networks.map((network) => [network.id, network]))
  const names = new Map(containers.map(({ id, name }) => [id, name]))
  const nodes = [...containers]
    .sort((a, b) => compareNames(a.name, b.name))
    .map((container): ChartNode => {
      const owner = ownerName(container, names)
      const links = container.attachments.flatMap((attachment): Link[] => {
        // A container that was never started knows its network by name only.
        const network = byId.get(attachment.networkId) ?? byName.get(attachment.networkName)
        const hubKey = network && keys.get(network.id)
        if (!network || hubKey === undefined) return []
        const address = attachment.ipAddress || attachment.ipv6Address
        return [{ hubKey, networkId: network.id, address }]
      })
      const project = container.labels[PROJECT_LABEL]
      const node = { key: container.name, container, ...(project && { project }) }
      if (owner !== undefined) return { ...node, links: [], ownerKey: owner }
      const adrift = [{ hubKey: ADRIFT_KEY, networkId: '', address: '' }]
      return { ...node, links: links.length > 0 ? links : adrift }
    })
  const host = networks.find((network) => kindOf(network) === 'host')
  const ports = host ? portsOf(containers, keys.get(host.id) ?? host.id) : []
  const used = new Set(
    [...nodes, ...ports].flatMap(({ links }) => links.map(({ hubKey }) => hubKey))
  )
  const hubs = networks
    .map((network): Hub => {
      return {
        key: keys.get(network.id) ?? network.id,
        kind: kindOf(network),
        name: network.name,
        network,
        ...(network.labels[PROJECT_LABEL] && { project: network.labels[PROJECT_LABEL] })
      }
    })
    .filter(({ kind, key }) => kind === 'network' || used.has(key))
    .sort((a, b) => compareNames(a.key, b.key))
  const adrift: Hub[] = used.has(ADRIFT_KEY) ? [{ key: ADRIFT_KEY, kind: 'adrift', name: '' }] : []
  return { hubs: [...hubs, ...adrift], nodes, ports }
}

/** The key of each network by its id. */
function hubKeys(networks: readonly Network[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { name } of networks) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    networks.map(({ id, name }) => [
      id,
      (counts.get(name) ?? 0) > 1 ? `${name} ${id.slice(0, 12)}` : name
    ])
  )
}

function kindOf(network: Network): HubKind {
  if (network.driver === 'host') return 'host'
  return network.driver === 'null' ? 'none' : 'network'
}

function ownerName(container: Container, names: ReadonlyMap<string, string>): string | undefined {
  const { networkMode } = container
  if (!networkMode.startsWith('container:')) return undefined
  return names.get(networkMode.slice('container:'.length))
}

const collator = new Intl.Collator('en', { numeric: true })

/** Names in the order that a person expects: web-2 before web-10. The same in every language, for places follow from it. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b))
}

/** A hub with the number of those on it, a container, or a port of the host. */
type Read =
  | { readonly kind: 'hub'; readonly hub: Hub; readonly count: number }
  | { readonly kind: 'node'; readonly node: ChartNode }
  | { readonly kind: 'port'; readonly port: PortNode }

/**
 * The chart as one reads it: each network, then the containers whose first it is, each followed by those that share its network;
 * the host's ports after the host.
 */
export function readingOrder({ hubs, nodes, ports }: Graph): readonly Read[] {
  const guests = nodes.filter(({ ownerKey }) => ownerKey !== undefined)
  const withGuests = (node: ChartNode): ChartNode[] => [
    node,
    ...guests.filter(({ ownerKey }) => ownerKey === node.key)
  ]
  return hubs.flatMap((hub): Read[] => {
    const first = nodes.filter(({ links }) => links[0]?.hubKey === hub.key)
    const count = nodes.filter(({ links }) => links.some(({ hubKey }) => hubKey === hub.key)).length
    return [
      { kind: 'hub', hub, count },
      ...first.flatMap(withGuests).map((node): Read => ({ kind: 'node', node })),
      ...(hub.kind === 'host' ? ports.map((port): Read => ({ kind: 'port', port })) : [])
    ]
  })
}
