import {
  canonicalAddress,
  attachmentsOf,
  commonNetworks,
  namespaceOf,
  placeOf
} from '../../shared/reachability/topology'
import type { Node, NodeAttachment, Topology } from '../../shared/reachability/topology'

/** Names asked of one target at most: its own, `--link` names, aliases. */
const MAX_NAMES = 6

/** One address of a target; `task` is the place of its question in {@link SourcePlan.tasks}. */
export interface PlannedAddress {
  readonly networkId: string
  readonly networkName: string
  readonly address: string
  readonly family: 4 | 6
  readonly task: number
}

export interface PlannedName {
  readonly name: string
  readonly task: number
}

/** What is asked for one ordered pair. */
export interface PlannedPair {
  readonly source: Node
  readonly target: Node
  readonly addresses: readonly PlannedAddress[]
  readonly names: readonly PlannedName[]
}

/** Everything that is asked from inside one network namespace, in one run of the probe. */
export interface SourcePlan {
  readonly namespace: string
  /** Containers of the namespace whose engine lets a sidecar join, the owner first. */
  readonly joinable: readonly Node[]
  /** The probe's arguments: `ping=ADDRESS`, `name=NAME`, `name6=NAME`; each question once. */
  readonly tasks: readonly string[]
  readonly pairs: readonly PlannedPair[]
}

/**
 * Plans a sweep of all ordered pairs of `members`: one run a network namespace, never one a pair. Only addresses that inspect
 * told are asked. Pairs whose source does not run, or whose target cannot be asked, are planned with no question.
 */
export function planSweep(members: readonly Node[], topology: Topology): SourcePlan[] {
  const groups = new Map<string, Node[]>()
  for (const node of members) {
    const namespace = namespaceOf(node, topology)
    groups.set(namespace, [...(groups.get(namespace) ?? []), node])
  }
  return [...groups].map(([namespace, nodes]) => {
    const sources = nodes.filter(({ state }) => state === 'running')
    const owner = topology.nodes.get(namespace)
    const candidates = owner ? [owner, ...sources.filter(({ id }) => id !== owner.id)] : sources
    const joinable = candidates.filter(({ state }) => state === 'running' || state === 'paused')
    const tasks: string[] = []
    const numbers = new Map<string, number>()
    const ask = (task: string): number => {
      const known = numbers.get(task)
      if (known !== undefined) return known
      numbers.set(task, tasks.length)
      return tasks.push(task) - 1
    }
    const pairs = nodes.flatMap((source) =>
      members
        .filter(({ id }) => id !== source.id)
        .map((target) => planPair(source, target, topology, ask))
    )
    return { namespace, joinable, tasks, pairs }
  })
}

type Ask = (task: string) => number

function planPair(source: Node, target: Node, topology: Topology, ask: Ask): PlannedPair {
  const asked =
    source.state === 'running' && (target.state === 'running' || target.state === 'paused')
  if (!asked) return { source, target, addresses: [], names: [] }
  return {
    source,
    target,
    addresses: planAddresses(source, target, topology, ask),
    names: planNames(source, target, topology, ask)
  }
}

function planAddresses(source: Node, target: Node, topology: Topology, ask: Ask): PlannedAddress[] {
  const onHost = placeOf(target, topology) === 'host'
  const attachments = onHost ? hostSeenFrom(source, topology) : attachmentsOf(target, topology)
  return attachments.flatMap(({ networkId, networkName, ipAddress, ipv6Address }) => {
    const planned: PlannedAddress[] = []
    if (ipAddress !== '') {
      const task = ask(`ping=${ipAddress}`)
      planned.push({ networkId, networkName, address: ipAddress, family: 4, task })
    }
    if (ipv6Address !== '') {
      const address = canonicalAddress(ipv6Address)
      planned.push({ networkId, networkName, address, family: 6, task: ask(`ping=${address}`) })
    }
    return planned
  })
}

/** A container on the host's network is met at the gateway of the source's bridges; other drivers' gateways are not the host. */
function hostSeenFrom(source: Node, topology: Topology): NodeAttachment[] {
  return attachmentsOf(source, topology)
    .filter(({ networkId, gateway }) => {
      return gateway !== '' && topology.networks.get(networkId)?.driver === 'bridge'
    })
    .map((attachment) => ({ ...attachment, ipAddress: attachment.gateway, ipv6Address: '' }))
}

function planNames(source: Node, target: Node, topology: Topology, ask: Ask): PlannedName[] {
  // The host's resolver knows no container; to ask it would only spread their names.
  if (placeOf(source, topology) === 'host') return []
  const names = new Set([target.name])
  for (const { target: linked, alias } of source.links) {
    if (linked === target.name || linked === target.id) names.add(alias)
  }
  if (commonNetworks(source, target, topology).length > 0) {
    for (const { aliases } of target.attachments) {
      // The engine adds the short id as an alias of its own.
      for (const alias of aliases) if (!target.id.startsWith(alias)) names.add(alias)
    }
  }
  const attachments = attachmentsOf(target, topology)
  const onlyIpv6 =
    attachments.some(({ ipv6Address }) => ipv6Address !== '') &&
    attachments.every(({ ipAddress }) => ipAddress === '')
  return [...names]
    .slice(0, MAX_NAMES)
    .map((name) => ({ name, task: ask(`${onlyIpv6 ? 'name6' : 'name'}=${name}`) }))
}
