import { pairKey } from '../../shared/reachability/model'
import type {
  PairResult,
  PassedOver,
  ProbeWay,
  SweepSummary
} from '../../shared/reachability/model'
import type { Topology } from '../../shared/reachability/topology'
import { measure, type Measured } from './measure'
import type { Job, Measuring } from './measuring'
import { planDoubts, planSweep, type PlannedPair, type PlanOptions } from './plan'
import { toPairResult, type SourceOutcome } from './results'
import { readTopology, refreshTopology, type SweepContainer } from './topology'

export type { SweepContainer } from './topology'

/** What a sweep needs. */
export interface SweepOptions extends Measuring {
  /** At least the living ones; facts are read anew from the engine. */
  readonly containers: readonly SweepContainer[]
  /** Called once for each ordered pair, as they become known. */
  readonly onResult: (result: PairResult) => void
}

/** How a sweep went, and the containers and networks that it rests on. */
export interface Swept {
  readonly summary: SweepSummary
  readonly topology: Topology
}

/**
 * Measures every ordered pair of the containers. A container that dies meanwhile, or an engine that refuses the probe, gives a
 * reason and not an error. No helper is left when this settles.
 * Errors: `cancelled`; `engine-unreachable` and others of `Engine.do` when the engine itself is lost.
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { engine, containers, onResult } = options
  const startedAtMs = Date.now()
  const count = { reachable: 0, unreachable: 0, unknown: 0 }
  const ways: Record<ProbeWay, number> = { helper: 0, sidecar: 0, exec: 0 }
  const passedOver = new Map<string, PassedOver>()
  let pairs = 0
  const topology = await readTopology(engine, containers, options.signal)
  await measurePairs(options, containers, topology, {}, (result) => {
    pairs += 1
    count[result.verdict] += 1
    if (result.way) ways[result.way] += 1
    for (const each of result.passedOver ?? []) passedOver.set(`${each.way} ${each.why}`, each)
    onResult(result)
  })
  const summary = {
    endpointId: engine.endpointId,
    startedAtMs,
    durationMs: Date.now() - startedAtMs,
    containers: containers.length,
    pairs,
    ...count,
    ways,
    passedOver: [...passedOver.values()]
  }
  return { summary, topology }
}

/**
 * Measures ordered pairs of the containers, all or those of the options, and hands over each result as it becomes known. Where a pair
 * should reach each other and gave no answer to ping, the target's exposed ports are tried as well. Errors: as {@link sweep}.
 */
export async function measurePairs(
  measuring: Measuring,
  containers: readonly Pick<SweepContainer, 'id'>[],
  topology: Topology,
  options: PlanOptions,
  onResult: (result: PairResult) => void
): Promise<void> {
  const { engine, signal } = measuring
  const members = containers.flatMap(({ id }) => topology.nodes.get(id) ?? [])
  const plans = planSweep(members, topology, options)
  const doubts: Job[] = []
  const tell = async (measured: readonly Measured[]): Promise<void> => {
    // A container may have died, or its address gone to another, while we asked.
    const isAsked = measured.some(({ job }) => job.plan.tasks.length > 0)
    const now = isAsked ? await refreshTopology(engine, topology, signal) : topology
    for (const { job, outcome } of measured) {
      for (const pair of job.plan.pairs) {
        onResult(toPairResult(engine.endpointId, pair, outcome, now))
      }
    }
  }
  const jobs = plans.map((plan) => ({ plan }))
  await measure(measuring, jobs, async (measured) => {
    const certain = measured.map(({ job, outcome }) => {
      const doubt = doubtOf(job, outcome, topology)
      if (!doubt) return { job, outcome }
      doubts.push(doubt)
      const doubted = new Set(doubt.plan.pairs.map(keyOf))
      const pairs = job.plan.pairs.filter((pair) => !doubted.has(keyOf(pair)))
      return { job: { plan: { ...job.plan, pairs } }, outcome }
    })
    await tell(certain)
  })
  if (doubts.length > 0) await measure(measuring, doubts, tell)
}

/** What is still to be asked of a job's pairs that ought to have answered; undefined where there is no doubt. */
function doubtOf({ plan }: Job, { answers }: SourceOutcome, topology: Topology): Job | undefined {
  const doubt = planDoubts(plan, topology, (task) => answers.get(task)?.outcome === 'timeout')
  return doubt.pairs.length > 0 ? { plan: doubt, asked: plan.tasks.length, answers } : undefined
}

function keyOf({ source, target }: PlannedPair): string {
  return pairKey({ sourceId: source.id, targetId: target.id })
}
