import type { Reason } from './reasons'

/**
 * Can the source reach the target? `unknown` means that nothing was measured and nothing can be said for sure; why is in the
 * reason.
 */
export type Verdict = 'reachable' | 'unreachable' | 'unknown'

/** How a measurement was made: by a sidecar that shares the source's network namespace. */
export type ProbeWay = 'sidecar'

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
  readonly addresses: readonly AddressResult[]
  readonly names: readonly NameResult[]
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
