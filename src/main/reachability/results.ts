import type {
  AddressResult,
  NameOutcome,
  NameResult,
  PairResult,
  PassedOver,
  PortResult,
  ProbeWay
} from '../../shared/reachability/model'
import { judge, type Reason } from '../../shared/reachability/reasons'
import { canonicalAddress, type Topology } from '../../shared/reachability/topology'
import type { PlannedAddress, PlannedName, PlannedPair, PlannedPort } from './plan'
import type { ProbeAnswer } from './probe-output'

/** What came of one source's run: answers by task, or why there are none. */
export interface SourceOutcome {
  readonly answers: ReadonlyMap<number, ProbeAnswer>
  /** Set when nothing could be measured from this source. */
  readonly obstacle?: Reason
  /** How it was measured; absent when it was not. */
  readonly way?: ProbeWay
  readonly passedOver: readonly PassedOver[]
  readonly atMs: number
}

/** The result of a planned pair. `topology` may be newer than the plan's: states are judged by what holds after the run. */
export function toPairResult(
  endpointId: string,
  pair: PlannedPair,
  outcome: SourceOutcome,
  topology: Topology
): PairResult {
  const source = topology.nodes.get(pair.source.id) ?? pair.source
  const target = topology.nodes.get(pair.target.id) ?? pair.target
  const { answers, way, passedOver, atMs } = outcome
  const changed = outcome.obstacle ?? whatChanged(pair, topology)
  const addresses = pair.addresses.map((planned) => toAddressResult(planned, answers))
  const own = new Set(pair.addresses.map(({ address }) => address))
  const names = pair.names.map((planned) => toNameResult(planned, answers, own))
  const ports = pair.ports.map((planned) => toPortResult(planned, answers))
  const judgement = judge({
    source,
    target,
    topology,
    addresses,
    names,
    ports,
    ...(changed && { obstacle: changed })
  })
  return {
    endpointId,
    sourceId: source.id,
    targetId: target.id,
    ...judgement,
    ...(judgement.measured && way && { way }),
    ...(passedOver.length > 0 && { passedOver }),
    addresses,
    names,
    ...(ports.length > 0 && { ports }),
    atMs
  }
}

/** A container that was restarted or moved meanwhile may have given its address to another: then no answer says anything. */
function whatChanged({ source, target }: PlannedPair, topology: Topology): Reason | undefined {
  for (const [side, node] of [
    ['source', source],
    ['target', target]
  ] as const) {
    const now = topology.nodes.get(node.id)
    if (now && now.state === node.state && addressesOf(now) !== addressesOf(node)) {
      return { code: 'changed-during-sweep', side }
    }
  }
  return undefined
}

function addressesOf(node: PlannedPair['source']): string {
  return node.attachments
    .map(({ networkId, ipAddress, ipv6Address }) => `${networkId} ${ipAddress} ${ipv6Address}`)
    .sort()
    .join()
}

function toAddressResult(
  { networkId, networkName, address, family, task }: PlannedAddress,
  answers: SourceOutcome['answers']
): AddressResult {
  const answer = answers.get(task)
  const base = { networkId, networkName, address, family }
  switch (answer?.outcome) {
    case 'answered':
      return { ...base, outcome: 'answered', rttMs: (answer.rttUs ?? 0) / 1000 }
    case 'timeout':
    case 'unreachable':
    case 'denied':
    case 'error':
      return { ...base, outcome: answer.outcome }
    default:
      return { ...base, outcome: 'not-measured' }
  }
}

function toNameResult(
  { name, task }: PlannedName,
  answers: SourceOutcome['answers'],
  own: ReadonlySet<string>
): NameResult {
  const answer = answers.get(task)
  if (answer?.outcome === 'resolved') {
    const resolved = (answer.addresses ?? []).map(canonicalAddress)
    const address = resolved.find((candidate) => own.has(candidate)) ?? resolved[0]
    if (address === undefined) return { name, outcome: 'not-found' }
    const { from } = answer
    return {
      name,
      outcome: own.has(address) ? 'resolved' : 'elsewhere',
      address,
      ...(from && { from })
    }
  }
  const failures: readonly NameOutcome[] = [
    'not-found',
    'failed',
    'timeout',
    'unreachable',
    'error'
  ]
  const outcome = failures.find((failure) => failure === answer?.outcome)
  return { name, outcome: outcome ?? (answer ? 'error' : 'not-measured') }
}

function toPortResult(
  { port, address, networkName, task }: PlannedPort,
  answers: SourceOutcome['answers']
): PortResult {
  const answer = answers.get(task)
  const base = { port, address, networkName }
  switch (answer?.outcome) {
    case 'open':
      return { ...base, outcome: 'open', rttMs: (answer.rttUs ?? 0) / 1000 }
    case 'refused':
    case 'timeout':
    case 'unreachable':
    case 'denied':
    case 'error':
      return { ...base, outcome: answer.outcome }
    default:
      return { ...base, outcome: 'not-measured' }
  }
}
