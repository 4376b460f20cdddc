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
/** Exposed ports that are tried of a target that drops pings. */
const MAX_PORTS = 4

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

/** A TCP port of one address of a target. */
export interface PlannedPort {
  readonly networkName: string
  readonly address: string
  readonly port: number
  readonly task: number
}

/** What is asked for one ordered pair. */
export interface PlannedPair {
  readonly source: Node
  readonly target: Node
  readonly addresses: readonly PlannedAddress[]
  readonly names: readonly PlannedName[]
  readonly ports: readonly PlannedPort[]
}

/** Everything that is asked from inside one network namespace, in one run of the probe. */
export interface SourcePlan {
  readonly namespace: string
  /** Containers of the namespace whose engine lets a sidecar join, the owner first. */
  readonly joinable: readonly Node[]
  /** The probe's arguments: `ping=ADDRESS`, `name=NAME`, `name6=NAME`, `tcp=ADDRESS:PORT`; each question once. */
  readonly tasks: readonly string[]
  readonly pairs: readonly PlannedPair[]
}

/** What a plan asks besides addresses and names. */
export interface PlanOptions {
  /** The ordered pairs that are wanted; absent: all of the members. */
  readonly pairs?: readonly { readonly sourceId: string; readonly targetId: string }[]
  /** TCP ports to ask of every address. */
  readonly ports?: readonly number[]
  /** Which names: the usual ones; also what docker adds of itself (host name, short id, `name.network`); or none. */
  readonly names?: 'usual' | 'all' | 'none'
}

/**
 * Plans the measurement of ordered pairs of `members`: one run a network namespace, never one a pair. Only addresses that inspect
 * told are asked. Pairs whose source does not run, or whose target cannot be asked, are planned with no question.
 */
export function planSweep(
  members: readonly Node[],
  topology: Topology,
  options: PlanOptions = {}
): SourcePlan[] {
  const wanted = options.pairs && targetsBySource(options.pairs)
  const groups = new Map<string, Node[]>()
  for (const node of members) {
    if (wanted && !wanted.has(node.id)) continue
    const namespace = namespaceOf(node, topology)
    groups.set(namespace, [...(groups.get(namespace) ?? []), node])
  }
  return [...groups].map(([namespace, nodes]) => {
    const sources = nodes.filter(({ state }) => state === 'running')
    const owner = topology.nodes.get(namespace)
    const candidates = owner ? [owner, ...sources.filter(({ id }) => id !== owner.id)] : sources
    const joinable = candidates.filter(({ state }) => state === 'running' || state === 'paused')
    const tasks: string[] = []
    const ask = askInto(tasks)
    const pairs = nodes.flatMap((source) => {
      const chosen = wanted?.get(source.id)
      return members
        .filter(({ id }) => id !== source.id && (!chosen || chosen.has(id)))
        .map((target) => planPair(source, target, topology, ask, options))
    })
    return { namespace, joinable, tasks, pairs }
  })
}

function targetsBySource(pairs: NonNullable<PlanOptions['pairs']>): Map<string, Set<string>> {
  const targets = new Map<string, Set<string>>()
  for (const { sourceId, targetId } of pairs) {
    targets.set(sourceId, (targets.get(sourceId) ?? new Set()).add(targetId))
  }
  return targets
}

type Ask = (task: string) => number

/** Puts questions on a list, each once; answers its place there. */
function askInto(tasks: string[]): Ask {
  const numbers = new Map(tasks.map((task, number) => [task, number]))
  return (task) => {
    const known = numbers.get(task)
    if (known !== undefined) return known
    numbers.set(task, tasks.length)
    return tasks.push(task) - 1
  }
}

/**
 * The pairs that are on a common network and gave no answer there although nothing is known that keeps them apart, with the target's
 * exposed ports as further questions: something may drop pings only. `isSilent` tells of the question at a place in `plan.tasks`.
 */
export function planDoubts(
  plan: SourcePlan,
  topology: Topology,
  isSilent: (task: number) => boolean
): SourcePlan {
  const tasks = [...plan.tasks]
  const ask = askInto(tasks)
  const pairs = plan.pairs.flatMap((pair) => {
    const { source, target, addresses } = pair
    if (pair.ports.length > 0 || target.exposedPorts.length === 0) return []
    if (addresses.length === 0 || !addresses.every(({ task }) => isSilent(task))) return []
    const common = new Set(commonNetworks(source, target, topology).map((each) => each.networkId))
    const shared = addresses.filter(({ networkId }) => common.has(networkId))
    if (shared.length === 0) return []
    const ports = planPorts(shared, target.exposedPorts.slice(0, MAX_PORTS), ask)
    return [{ ...pair, ports }]
  })
  return { ...plan, tasks, pairs }
}

function planPair(
  source: Node,
  target: Node,
  topology: Topology,
  ask: Ask,
  options: PlanOptions
): PlannedPair {
  const asked =
    source.state === 'running' && (target.state === 'running' || target.state === 'paused')
  if (!asked) return { source, target, addresses: [], names: [], ports: [] }
  const addresses = planAddresses(source, target, topology, ask)
  const { names = 'usual', ports = [] } = options
  return {
    source,
    target,
    addresses,
    names: names === 'none' ? [] : planNames(source, target, topology, ask, names === 'all'),
    ports: planPorts(addresses, ports, ask)
  }
}

function planPorts(
  addresses: readonly PlannedAddress[],
  ports: readonly number[],
  ask: Ask
): PlannedPort[] {
  return ports.flatMap((port) =>
    addresses.map(({ networkName, address, family }) => {
      const task = ask(`tcp=${family === 6 ? `[${address}]` : address}:${port}`)
      return { networkName, address, port, task }
    })
  )
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

function planNames(
  source: Node,
  target: Node,
  topology: Topology,
  ask: Ask,
  withDockersOwn: boolean
): PlannedName[] {
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
  if (withDockersOwn) for (const name of dockersNames(target)) names.add(name)
  const attachments = attachmentsOf(target, topology)
  const onlyIpv6 =
    attachments.some(({ ipv6Address }) => ipv6Address !== '') &&
    attachments.every(({ ipAddress }) => ipAddress === '')
  return [...names]
    .slice(0, withDockersOwn ? 2 * MAX_NAMES : MAX_NAMES)
    .map((name) => ({ name, task: ask(`${onlyIpv6 ? 'name6' : 'name'}=${name}`) }))
}

/** What docker's name server knows a container by besides its name and aliases, on each network of a person's own. */
function dockersNames({ id, name, hostname, attachments }: Node): string[] {
  const onNetworks = attachments
    .filter(({ networkName }) => !['bridge', 'host', 'none'].includes(networkName))
    .map(({ networkName }) => `${name}.${networkName}`)
  return [...(hostname ? [hostname] : []), id.slice(0, 12), ...onNetworks]
}
