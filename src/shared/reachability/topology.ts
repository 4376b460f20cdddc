import type { ContainerState } from '../containers/model'

/** A container on a network, with what reachability needs to know of it. */
export interface NodeAttachment {
  readonly networkId: string
  readonly networkName: string
  /** Empty where there is none. */
  readonly ipAddress: string
  /** Canonical (see `canonicalAddress`); empty where there is none. */
  readonly ipv6Address: string
  /** IPv4 gateway; empty on an internal network. */
  readonly gateway: string
  readonly aliases: readonly string[]
}

/** A container as the measurement and the reasons see it, its facts taken from inspect. */
export interface Node {
  readonly id: string
  readonly name: string
  readonly state: ContainerState
  /** `host`, `none`, `default`, `bridge`, `container:ID`, or a network's name or id. */
  readonly networkMode: string
  readonly attachments: readonly NodeAttachment[]
  /** Names from `--link`: the target's id or name, and what it is called here. */
  readonly links: readonly { readonly target: string; readonly alias: string }[]
  /** TCP ports that its image or its settings expose, ascending. */
  readonly exposedPorts: readonly number[]
  /** The host name that it goes by itself. */
  readonly hostname?: string
  /** Its first process, as the engine's host numbers it; absent while it does not run. */
  readonly pid?: number
  /** When it was started last; absent where it never was. */
  readonly startedAtMs?: number
}

/** What is to be known of a network. */
export interface NetworkFacts {
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly internal: boolean
  /** False: `com.docker.network.bridge.enable_icc=false`, its containers are kept from one another. */
  readonly icc: boolean
  /** A person's network: has names, and containers can be connected to it. */
  readonly connectable: boolean
  /** The host's interface that its containers are plugged into; only of the driver "bridge". */
  readonly bridge?: string
  /** In CIDR notation, as the engine has them. */
  readonly subnets: readonly string[]
}

/** Containers and networks, by id. */
export interface Topology {
  readonly nodes: ReadonlyMap<string, Node>
  readonly networks: ReadonlyMap<string, NetworkFacts>
}

/** The mode `container:ID` follows to its owner; the owner's own mode counts from there on. */
function ownerOf(node: Node, nodes: Topology['nodes']): Node | undefined {
  let owner: Node | undefined = node
  // An owner that joined another container's namespace is refused by the engine; the bound keeps a bad answer from looping.
  for (let hops = 0; owner && hops < 8; hops++) {
    const joined = joinedId(owner)
    if (joined === undefined) return owner
    owner = nodes.get(joined)
  }
  return undefined
}

/** The id in `container:ID`. */
export function joinedId(node: Pick<Node, 'networkMode'>): string | undefined {
  return node.networkMode.startsWith('container:')
    ? node.networkMode.slice('container:'.length)
    : undefined
}

/** Tells the network namespaces apart: `host`, or the id of the container that owns it. */
export function namespaceOf(node: Node, { nodes }: Pick<Topology, 'nodes'>): string {
  const owner = ownerOf(node, nodes)
  if (!owner) return joinedId(node) ?? node.id
  return owner.networkMode === 'host' ? 'host' : owner.id
}

/** The attachments of the namespace that a container lives in: its own, or its owner's. */
export function attachmentsOf(
  node: Node,
  { nodes }: Pick<Topology, 'nodes'>
): readonly NodeAttachment[] {
  const owner = ownerOf(node, nodes)
  // "host" and "none" are networks to the engine; they connect nobody.
  return (owner?.attachments ?? []).filter(
    ({ networkName }) => networkName !== 'host' && networkName !== 'none'
  )
}

/** `host`, `none`, `detached` (on no network at all) or `attached`. */
export function placeOf(node: Node, topology: Topology): 'host' | 'none' | 'detached' | 'attached' {
  if (namespaceOf(node, topology) === 'host') return 'host'
  if (attachmentsOf(node, topology).length > 0) return 'attached'
  const owner = ownerOf(node, topology.nodes) ?? node
  return owner.attachments.some(({ networkName }) => networkName === 'none') ||
    owner.networkMode === 'none'
    ? 'none'
    : 'detached'
}

/** The networks that two containers are both on, as the source's attachments. */
export function commonNetworks(
  source: Node,
  target: Node,
  topology: Topology
): readonly NodeAttachment[] {
  const theirs = new Set(attachmentsOf(target, topology).map(({ networkId }) => networkId))
  return attachmentsOf(source, topology).filter(({ networkId }) => theirs.has(networkId))
}

/**
 * An address in the one form that we compare: IPv4 as it is, IPv6 as eight groups of hex without leading zeros, in lower case.
 * What is no address comes back unchanged.
 */
export function canonicalAddress(text: string): string {
  if (!text.includes(':')) return text
  const [head = '', tail] = text.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = 8 - left.length - right.length
  if (missing < 0 || (tail === undefined && missing > 0)) return text
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right]
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
