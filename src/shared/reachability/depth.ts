import type { PairResult } from './model'
import {
  attachmentsOf,
  commonNetworks,
  namespaceOf,
  placeOf,
  type NetworkFacts,
  type Node,
  type NodeAttachment,
  type Topology
} from './topology'

/** What docker itself puts between two containers, as its settings say: codes and what their sentences need. */
export type Isolation =
  /** On one bridge: docker lets them through. */
  | { readonly code: 'same-bridge'; readonly networkName: string; readonly bridge: string }
  /** On one bridge, whose containers are kept from one another: `-i BRIDGE -o BRIDGE -j DROP`. */
  | { readonly code: 'icc-disabled'; readonly networkName: string; readonly bridge: string }
  /** No bridge in common: the chains DOCKER-ISOLATION-STAGE-1 and -2 drop what goes from one of docker's bridges to another. */
  | {
      readonly code: 'other-bridges'
      readonly sourceBridges: readonly string[]
      readonly targetBridges: readonly string[]
    }
  /** An internal network: what leaves its subnets or comes from elsewhere is dropped. */
  | { readonly code: 'internal'; readonly networkName: string; readonly bridge: string }
  /** One namespace: they meet on localhost, and no rule of the host is in between. */
  | { readonly code: 'shared-namespace' }
  /** One of them is on the host's network: docker isolates its bridges from each other, not from their own host. */
  | { readonly code: 'host'; readonly side: 'source' | 'target' }
  | { readonly code: 'no-network'; readonly side: 'source' | 'target' }
  /** What stands between them is the driver's business: it cannot be told from here. */
  | { readonly code: 'other-driver'; readonly networkName: string; readonly driver: string }

/** A network that one of a pair is on. */
export interface PathNetwork {
  readonly networkId: string
  readonly networkName: string
  readonly driver: string
  /** The host's interface; only of the driver "bridge". */
  readonly bridge?: string
  readonly subnets: readonly string[]
  readonly gateway: string
  readonly ipAddress: string
  readonly ipv6Address: string
  /** The other one is on it as well. */
  readonly isCommon: boolean
}

/** A small file of a container: its text, or why there is none. */
export type FileText =
  | { readonly text: string; readonly isCut: boolean }
  | { readonly absent: 'not-there' | 'unreadable'; readonly detail?: string }

/** One end of a pair. */
export interface PairEnd {
  readonly containerId: string
  readonly name: string
  /** The networks of its namespace. */
  readonly networks: readonly PathNetwork[]
  /** /etc/hosts and /etc/resolv.conf, as they are in it. */
  readonly hosts: FileText
  readonly resolver: FileText
  /** TCP ports that it exposes, ascending: those worth asking. */
  readonly exposedPorts: readonly number[]
}

/** One ordered pair, measured anew and looked at closely. */
export interface PairDepth {
  /**
   * With the ports that were asked for, and with every name that docker may give the target, as the source's resolver answers it: also
   * its host name, short id, and `name.network`.
   */
  readonly result: PairResult
  readonly source: PairEnd
  readonly target: PairEnd
  /** Follows from settings; nothing of it was measured. */
  readonly isolation: readonly Isolation[]
  /** The docker lines that look at the same by hand. */
  readonly commands: readonly string[]
}

/** The networks of a container's namespace, those in common with the other first. */
export function pathNetworks(node: Node, other: Node, topology: Topology): PathNetwork[] {
  const common = new Set(commonNetworks(node, other, topology).map(({ networkId }) => networkId))
  return attachmentsOf(node, topology)
    .map((attachment) => toPathNetwork(attachment, topology, common.has(attachment.networkId)))
    .sort((a, b) => Number(b.isCommon) - Number(a.isCommon))
}

function toPathNetwork(
  { networkId, networkName, gateway, ipAddress, ipv6Address }: NodeAttachment,
  { networks }: Topology,
  isCommon: boolean
): PathNetwork {
  const { driver = '', bridge, subnets = [] }: Partial<NetworkFacts> = networks.get(networkId) ?? {}
  return {
    networkId,
    networkName,
    driver,
    ...(bridge !== undefined && { bridge }),
    subnets,
    gateway,
    ipAddress,
    ipv6Address,
    isCommon
  }
}

/** What docker puts between the two, as far as the settings of their networks tell. */
export function isolationOf(source: Node, target: Node, topology: Topology): Isolation[] {
  if (namespaceOf(source, topology) === namespaceOf(target, topology)) {
    return [{ code: 'shared-namespace' }]
  }
  const sides = [
    ['source', source],
    ['target', target]
  ] as const
  const apart = sides.flatMap(([side, node]): Isolation[] => {
    const place = placeOf(node, topology)
    if (place === 'host') return [{ code: 'host', side }]
    return place === 'attached' ? [] : [{ code: 'no-network', side }]
  })
  if (apart.length > 0) return apart
  const [ours, theirs] = [factsOf(source, topology), factsOf(target, topology)]
  const common = ours.filter(({ id }) => theirs.some((their) => their.id === id))
  if (common.length > 0) return common.map(withinNetwork)
  const [sourceBridges, targetBridges] = [bridgesOf(ours), bridgesOf(theirs)]
  const both = [...ours, ...theirs]
  return [
    ...(sourceBridges.length > 0 && targetBridges.length > 0
      ? [{ code: 'other-bridges' as const, sourceBridges, targetBridges }]
      : []),
    ...both.flatMap(({ internal, name, bridge }): Isolation[] =>
      internal && bridge !== undefined ? [{ code: 'internal', networkName: name, bridge }] : []
    ),
    ...both.filter(({ bridge }) => bridge === undefined).map(withinNetwork)
  ]
}

function factsOf(node: Node, topology: Topology): NetworkFacts[] {
  return attachmentsOf(node, topology).flatMap(
    ({ networkId }) => topology.networks.get(networkId) ?? []
  )
}

function bridgesOf(facts: readonly NetworkFacts[]): string[] {
  return facts.flatMap(({ bridge }) => bridge ?? [])
}

function withinNetwork({ name, driver, bridge, icc }: NetworkFacts): Isolation {
  if (bridge === undefined) return { code: 'other-driver', networkName: name, driver }
  return { code: icc ? 'same-bridge' : 'icc-disabled', networkName: name, bridge }
}
