import type { ContainerState } from '../containers/model'
import type { AddressResult, NameResult, PortResult, Suggestion, Verdict } from './model'
import {
  attachmentsOf,
  commonNetworks,
  namespaceOf,
  placeOf,
  type NetworkFacts,
  type Node,
  type Topology
} from './topology'

type Side = 'source' | 'target'

/** Why nothing could be measured from a source. */
export type Obstacle =
  | 'target-on-host'
  | 'no-address'
  | 'icmp-denied'
  | 'engine-architecture'
  | 'probe-refused'
  | 'probe-failed'
  | 'probe-timeout'

/** Why a verdict is what it is: a code and what its sentence needs. The texts are the window's. */
export type Reason =
  | { readonly code: 'source-not-running'; readonly state: ContainerState | 'removed' }
  | { readonly code: 'target-not-running'; readonly state: ContainerState | 'removed' }
  | { readonly code: 'source-paused' }
  /** Its network answers (the kernel does), its frozen processes do not. */
  | { readonly code: 'target-paused' }
  | { readonly code: 'changed-during-sweep'; readonly side: Side }
  | { readonly code: 'network-none'; readonly side: Side }
  | { readonly code: 'no-network'; readonly side: Side }
  | { readonly code: 'host-network'; readonly side: Side }
  | { readonly code: 'shared-namespace'; readonly ownerId?: string }
  | {
      readonly code: 'no-common-network'
      readonly sourceNetworks: readonly string[]
      readonly targetNetworks: readonly string[]
    }
  | { readonly code: 'internal'; readonly side: Side; readonly networkName: string }
  | { readonly code: 'icc-disabled'; readonly networkName: string }
  /** On a common network, and yet nothing came back. */
  | { readonly code: 'no-answer'; readonly networkNames: readonly string[] }
  /** No answer to ping, and yet one of its TCP ports is open: something there drops pings. */
  | { readonly code: 'icmp-dropped'; readonly port: number }
  | { readonly code: 'default-bridge-has-no-names' }
  | { readonly code: 'name-not-found'; readonly names: readonly string[] }
  /** An alias that the target bears on a network that the source is not on: docker tells it to that network's members only. */
  | { readonly code: 'alias-elsewhere'; readonly name: string; readonly networkName: string }
  /** One of the target's addresses is IPv6, and the source has none of that family. */
  | { readonly code: 'no-ipv6'; readonly networkName: string }
  /** It answered although the engine's networks do not join the two. */
  | { readonly code: 'reached-without-common-network' }
  | { readonly code: 'not-measurable'; readonly obstacle: Obstacle; readonly detail?: string }

/** What {@link judge} looks at. */
export interface Evidence {
  readonly source: Node
  readonly target: Node
  readonly topology: Topology
  readonly addresses: readonly AddressResult[]
  readonly names: readonly NameResult[]
  readonly ports: readonly PortResult[]
  /** Set when the source's probe gave no result, or the pair changed under it: then nothing measured counts. */
  readonly obstacle?: Reason
}

/** The part of a pair's result that follows from the evidence. */
export interface Judgement {
  readonly verdict: Verdict
  readonly measured: boolean
  readonly reason?: Reason
  readonly suggestion?: Suggestion
}

/**
 * Judges one ordered pair. Reachable and unreachable are said of what was measured; inferred (`measured: false`) only where there
 * is nothing to measure and no doubt: a target that does not run, or has no network, or shares the source's namespace.
 */
export function judge(evidence: Evidence): Judgement {
  const { source, target, topology, addresses, ports, obstacle } = evidence
  if (source.state === 'paused') return unknown({ code: 'source-paused' })
  if (source.state !== 'running') {
    return unknown({ code: 'source-not-running', state: source.state })
  }
  if (target.state !== 'running' && target.state !== 'paused') {
    return inferred('unreachable', { code: 'target-not-running', state: target.state })
  }
  const measured = addresses.some(({ outcome }) => outcome !== 'not-measured')
  const answered = addresses.some(({ outcome }) => outcome === 'answered')
  if (namespaceOf(source, topology) === namespaceOf(target, topology)) {
    return { verdict: 'reachable', measured: answered, reason: sharedNamespace(source, topology) }
  }
  if (obstacle) return unknown(obstacle)
  if (answered) return { verdict: 'reachable', measured: true, ...noteOn(evidence) }
  const open = ports.find(({ outcome }) => outcome === 'open')
  if (open) {
    const reason: Reason = { code: 'icmp-dropped', port: open.port }
    return { verdict: 'reachable', measured: true, reason }
  }
  if (!measured) return unmeasured(target, topology)
  if (addresses.every(({ outcome }) => outcome === 'denied' || outcome === 'error')) {
    return unknown({ code: 'not-measurable', obstacle: 'icmp-denied' })
  }
  const reason = whyUnreachable(source, target, topology)
  const suggestion = suggestConnect(source, target, topology)
  return { verdict: 'unreachable', measured: true, reason, ...(suggestion && { suggestion }) }
}

function unknown(reason: Reason): Judgement {
  return { verdict: 'unknown', measured: false, reason }
}

function inferred(verdict: Verdict, reason: Reason, suggestion?: Suggestion): Judgement {
  return { verdict, measured: false, reason, ...(suggestion && { suggestion }) }
}

function sharedNamespace(source: Node, topology: Topology): Reason {
  const ownerId = namespaceOf(source, topology)
  return { code: 'shared-namespace', ...(ownerId !== 'host' && { ownerId }) }
}

function unmeasured(target: Node, topology: Topology): Judgement {
  switch (placeOf(target, topology)) {
    case 'none':
      return inferred('unreachable', { code: 'network-none', side: 'target' })
    case 'detached':
      return inferred('unreachable', { code: 'no-network', side: 'target' })
    case 'host':
      return unknown({ code: 'not-measurable', obstacle: 'target-on-host' })
    case 'attached':
      return unknown({ code: 'not-measurable', obstacle: 'no-address' })
  }
}

/** What is peculiar about a reachable pair, the most telling first. */
function noteOn(evidence: Evidence): { reason?: Reason; suggestion?: Suggestion } {
  const { source, target, topology, names } = evidence
  if (target.state === 'paused') return { reason: { code: 'target-paused' } }
  if (placeOf(source, topology) === 'host')
    return { reason: { code: 'host-network', side: 'source' } }
  if (placeOf(target, topology) === 'host')
    return { reason: { code: 'host-network', side: 'target' } }
  const common = commonNetworks(source, target, topology)
  if (common.length === 0) return { reason: { code: 'reached-without-common-network' } }
  const asked = names.filter(({ outcome }) => outcome !== 'not-measured')
  if (asked.length === 0) return withoutIpv6(evidence)
  if (asked.some(({ outcome }) => outcome === 'resolved')) {
    return aliasElsewhere(evidence) ?? withoutIpv6(evidence)
  }
  if (common.every(({ networkName }) => networkName === 'bridge')) {
    const suggestion = suggestConnect(source, target, topology)
    return { reason: { code: 'default-bridge-has-no-names' }, ...(suggestion && { suggestion }) }
  }
  return { reason: { code: 'name-not-found', names: asked.map(({ name }) => name) } }
}

function aliasElsewhere({
  source,
  target,
  topology,
  names
}: Evidence): { reason: Reason } | undefined {
  const common = new Set(commonNetworks(source, target, topology).map((each) => each.networkId))
  for (const { networkId, networkName, aliases } of attachmentsOf(target, topology)) {
    if (common.has(networkId)) continue
    const unknown = names.find(
      ({ name, outcome }) =>
        aliases.includes(name) && outcome !== 'resolved' && outcome !== 'not-measured'
    )
    if (unknown) return { reason: { code: 'alias-elsewhere', name: unknown.name, networkName } }
  }
  return undefined
}

function withoutIpv6({ source, topology, addresses }: Evidence): { reason?: Reason } {
  if (attachmentsOf(source, topology).some(({ ipv6Address }) => ipv6Address !== '')) return {}
  const refused = addresses.find(
    ({ family, outcome }) => family === 6 && (outcome === 'unreachable' || outcome === 'error')
  )
  return refused ? { reason: { code: 'no-ipv6', networkName: refused.networkName } } : {}
}

function whyUnreachable(source: Node, target: Node, topology: Topology): Reason {
  const place = placeOf(source, topology)
  if (place === 'none') return { code: 'network-none', side: 'source' }
  if (place === 'detached') return { code: 'no-network', side: 'source' }
  const theirs = attachmentsOf(target, topology)
  if (place === 'host' || placeOf(target, topology) === 'host') {
    const shown = place === 'host' ? theirs : attachmentsOf(source, topology)
    return { code: 'no-answer', networkNames: shown.map(({ networkName }) => networkName) }
  }
  const common = commonNetworks(source, target, topology)
  const guarded = common.find(({ networkId }) => topology.networks.get(networkId)?.icc === false)
  if (common.length > 0 && guarded)
    return { code: 'icc-disabled', networkName: guarded.networkName }
  if (common.length > 0) {
    return { code: 'no-answer', networkNames: common.map(({ networkName }) => networkName) }
  }
  const ours = attachmentsOf(source, topology)
  const isInternal = ({ networkId }: { networkId: string }): boolean =>
    topology.networks.get(networkId)?.internal === true
  const [ourFirst] = ours
  const [theirFirst] = theirs
  if (ourFirst && ours.every(isInternal)) {
    return { code: 'internal', side: 'source', networkName: ourFirst.networkName }
  }
  if (theirFirst && theirs.every(isInternal)) {
    return { code: 'internal', side: 'target', networkName: theirFirst.networkName }
  }
  return {
    code: 'no-common-network',
    sourceNetworks: ours.map(({ networkName }) => networkName),
    targetNetworks: theirs.map(({ networkName }) => networkName)
  }
}

/**
 * The one connection that would join the pair: the source onto a network of the target's, else the target onto one of the
 * source's. Only a person's own networks count (the default bridge has no names), those with a way out first.
 */
export function suggestConnect(
  source: Node,
  target: Node,
  topology: Topology
): Suggestion | undefined {
  const attempts: readonly [joining: Node, host: Node][] = [
    [source, target],
    [target, source]
  ]
  for (const [joining, host] of attempts) {
    if (!canBeConnected(joining)) continue
    const joined = new Set(joining.attachments.map(({ networkId }) => networkId))
    const networks = attachmentsOf(host, topology)
      .map(({ networkId }) => topology.networks.get(networkId))
      .filter((network) => network !== undefined)
      .filter((network) => network.connectable && !joined.has(network.id))
      .sort(byUsefulness)
    const [best] = networks
    if (best) return { kind: 'connect', containerId: joining.id, networkId: best.id }
  }
  return undefined
}

/** The engine refuses to connect a container whose namespace is the host's, another's, or "none". */
function canBeConnected(node: Node): boolean {
  return (
    node.networkMode !== 'host' &&
    node.networkMode !== 'none' &&
    !node.networkMode.startsWith('container:')
  )
}

function byUsefulness(a: NetworkFacts, b: NetworkFacts): number {
  return Number(a.internal) - Number(b.internal) || a.name.localeCompare(b.name)
}
