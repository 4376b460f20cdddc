import type { Reason } from './reasons'

/**
 * Can the source reach the target? `unknown` means that nothing was measured and nothing can be said for sure; why is in the
 * reason.
 */
export type Verdict = 'reachable' | 'unreachable' | 'unknown'

/**
 * How a measurement was made, the best way first: by one privileged helper that enters the network namespaces of all sources; by a
 * sidecar that shares the source's namespace; by the image's own `ping`, run in the source itself.
 */
export type ProbeWay = 'helper' | 'sidecar' | 'exec'

/** A better way that was not taken: nobody has allowed it, the engine refused it, or it gave no result. */
export interface PassedOver {
  readonly way: ProbeWay
  readonly why: 'not-allowed' | 'refused' | 'failed'
  /** The engine's own words, or the probe's. */
  readonly detail?: string
}

/**
 * What became of the ICMP echo to one address: `timeout`: nothing came back; `unreachable`: the source's own routes refused it;
 * `denied`: the source may not send it; `not-measured`: never sent.
 */
export type AddressOutcome =
  'answered' | 'timeout' | 'unreachable' | 'denied' | 'error' | 'not-measured'

/** One of the target's addresses, as asked from the source. */
export interface AddressResult {
  readonly networkId: string
  readonly networkName: string
  readonly address: string
  readonly family: 4 | 6
  readonly outcome: AddressOutcome
  /** Round-trip time in ms; only when it answered. */
  readonly rttMs?: number
}

/**
 * What became of one name: `resolved` to an address of the target; `elsewhere`: to something else; `failed`: the resolver gave up;
 * `unreachable`: the source has no way to a resolver.
 */
export type NameOutcome =
  | 'resolved'
  | 'elsewhere'
  | 'not-found'
  | 'failed'
  | 'timeout'
  | 'unreachable'
  | 'error'
  | 'not-measured'

/** One of the target's names, as the source's resolver knows it. */
export interface NameResult {
  readonly name: string
  readonly outcome: NameOutcome
  /** The address that it stands for there. */
  readonly address?: string
  /** Who knew it: the source's /etc/hosts, or a name server (on a network of one's own: docker's). */
  readonly from?: 'hosts' | 'dns'
}

/** What became of a connection to a TCP port: `refused`: the machine answered that nobody listens, or a firewall did. */
export type PortOutcome =
  'open' | 'refused' | 'timeout' | 'unreachable' | 'denied' | 'error' | 'not-measured'

/** One of the target's TCP ports, as asked from the source at one address. */
export interface PortResult {
  readonly port: number
  readonly address: string
  readonly networkName: string
  readonly outcome: PortOutcome
  /** How long the connection took, in ms; only when it is open. */
  readonly rttMs?: number
}

/** What would change the verdict. */
export interface Suggestion {
  readonly kind: 'connect'
  readonly containerId: string
  readonly networkId: string
}

/** What is known of one ordered pair of containers. */
export interface PairResult {
  readonly endpointId: string
  readonly sourceId: string
  readonly targetId: string
  readonly verdict: Verdict
  /** False: the verdict follows from states and settings, no packet was sent for it. */
  readonly measured: boolean
  /** How it was measured; absent when it was not. */
  readonly way?: ProbeWay
  /** The better ways that were not taken, and why; absent when there were none. */
  readonly passedOver?: readonly PassedOver[]
  readonly addresses: readonly AddressResult[]
  readonly names: readonly NameResult[]
  /**
   * TCP ports that were asked: those that somebody named, and the target's exposed ones where it is on a common network and gave no
   * answer to ping. Absent when none was.
   */
  readonly ports?: readonly PortResult[]
  /** Why the verdict is what it is; for a reachable pair: what is peculiar about it, if anything. */
  readonly reason?: Reason
  readonly suggestion?: Suggestion
  readonly atMs: number
}

/** How a sweep went, without its pairs. */
export interface SweepSummary {
  readonly endpointId: string
  readonly startedAtMs: number
  readonly durationMs: number
  readonly containers: number
  readonly pairs: number
  readonly reachable: number
  readonly unreachable: number
  readonly unknown: number
  /** How many pairs were measured in which way. */
  readonly ways: Readonly<Record<ProbeWay, number>>
  /** The better ways that were not taken for at least one source, and why. */
  readonly passedOver: readonly PassedOver[]
}

/** The key of an ordered pair within an endpoint. */
export function pairKey(pair: Pick<PairResult, 'sourceId' | 'targetId'>): string {
  return `${pair.sourceId}>${pair.targetId}`
}

/** The fastest round trip of a pair in ms; undefined when nothing answered. */
export function bestRttMs(pair: Pick<PairResult, 'addresses'>): number | undefined {
  const times = pair.addresses.flatMap(({ rttMs }) => (rttMs === undefined ? [] : [rttMs]))
  return times.length > 0 ? Math.min(...times) : undefined
}

/** True when one of the target's names stands, at the source, for an address that answered. */
export function isReachableByName(pair: Pick<PairResult, 'addresses' | 'names'>): boolean {
  return pair.names.some(
    (name) =>
      name.outcome === 'resolved' &&
      pair.addresses.some(
        ({ address, outcome }) => address === name.address && outcome === 'answered'
      )
  )
}
