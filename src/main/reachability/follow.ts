import { setTimeout as delay } from 'node:timers/promises'
import {
  FollowSeries,
  type FollowPoint,
  type FollowRound,
  type NotFollowed
} from '../../shared/reachability/follow'
import { pairKey, type PassedOver, type ProbeWay } from '../../shared/reachability/model'
import { followPlans } from './follow-probes'
import type { Measuring } from './measuring'
import { planSweep, type PlannedPair, type SourcePlan } from './plan'
import type { ProbeAnswer } from './probe-output'
import { toPairResult } from './results'
import { readTopology, type SweepContainer } from './topology'

const ROUND_MS = 1000
/** Changes come in bunches: a restart is five events. */
const SETTLE_MS = 300

/** An ordered pair. */
export interface FollowedPair {
  readonly sourceId: string
  readonly targetId: string
}

/** What is followed, and who is told. */
export interface FollowOptions extends Measuring {
  readonly containers: readonly SweepContainer[]
  readonly pairs: readonly FollowedPair[]
  /** What is known of each pair so far, by `pairKey`; goes on with it. */
  readonly series: Map<string, FollowSeries>
  /** Is told once a second; the next round waits until it resolves. */
  readonly onRound: (round: FollowRound) => Promise<void>
  /** Calls `listener` when one of the containers changed: its state, its networks. Answers how to stop. */
  readonly onChanged: (listener: () => void) => () => void
}

/** What waits to be told. */
interface Pending {
  readonly points: Map<string, FollowPoint>
  way?: ProbeWay
  passedOver?: readonly PassedOver[]
  notFollowed?: readonly NotFollowed[]
}

/**
 * Pings pairs once a second, by one run of the probe that goes on until the signal is aborted, and begins anew when a container
 * changed. Errors: `cancelled` when aborted; `engine-unreachable` when the engine is lost; what `onRound` throws.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const pending: Pending = { points: new Map() }
  const ended = new AbortController()
  const signal = AbortSignal.any([options.signal, ended.signal])
  const telling = tell(options, pending, signal)
  const measuring = measureOn(options, pending, signal)
  try {
    await Promise.race([measuring, telling])
  } finally {
    ended.abort()
    // No helper is to be left when this settles.
    await Promise.allSettled([measuring, telling])
  }
}

async function measureOn(
  options: FollowOptions,
  pending: Pending,
  signal: AbortSignal
): Promise<void> {
  while (!signal.aborted) {
    const changed = new AbortController()
    const stop = options.onChanged(() => {
      setTimeout(() => changed.abort(), SETTLE_MS)
    })
    try {
      await measureUntil(options, pending, AbortSignal.any([signal, changed.signal]))
      // It ended by itself: a source has gone, or its probe.
      await delay(ROUND_MS, undefined, { signal }).catch(() => undefined)
    } catch (thrown) {
      if (!changed.signal.aborted || signal.aborted) throw thrown
    } finally {
      stop()
    }
  }
}

async function measureUntil(
  options: FollowOptions,
  pending: Pending,
  signal: AbortSignal
): Promise<void> {
  const { engine, containers, pairs } = options
  const topology = await readTopology(engine, containers, signal)
  const members = containers.flatMap(({ id }) => topology.nodes.get(id) ?? [])
  const plans = planSweep(members, topology, { pairs, names: 'none' })
  const nothing = { answers: new Map(), passedOver: [], atMs: Date.now() }
  pending.notFollowed = plans.flatMap((plan) =>
    plan.pairs.flatMap((pair) => {
      if (pair.addresses.length > 0) return []
      const { reason } = toPairResult(engine.endpointId, pair, nothing, topology)
      return reason ? [{ ...idsOf(pair), reason }] : []
    })
  )
  const asking = plans.filter(({ tasks }) => tasks.length > 0)
  if (asking.length === 0) return untilAborted(signal)
  await followPlans({ ...options, signal }, asking, {
    onWay: (way, passedOver) => {
      pending.way = way
      pending.passedOver = passedOver
    },
    onAnswers: (plan, answers) => take(options.series, pending, plan, answers),
    onFailed: (plan, reason) => {
      const failed = plan.pairs.map((pair) => ({ ...idsOf(pair), reason }))
      pending.notFollowed = [...(pending.notFollowed ?? []), ...failed]
    }
  })
}

/** A round of one source. */
function take(
  series: Map<string, FollowSeries>,
  { points }: Pending,
  plan: SourcePlan,
  answers: ReadonlyMap<number, ProbeAnswer>
): void {
  for (const pair of plan.pairs) {
    if (pair.addresses.length === 0) continue
    const key = pairKey(idsOf(pair))
    const known = series.get(key) ?? new FollowSeries()
    series.set(key, known)
    const point = { ...idsOf(pair), ...known.push(roundTrip(pair, answers)) }
    // A turn that nobody was told of yet must not be lost.
    const turned = point.turned ?? points.get(key)?.turned
    points.set(key, { ...point, ...(turned && { turned }) })
  }
}

function roundTrip(
  { addresses }: PlannedPair,
  answers: ReadonlyMap<number, ProbeAnswer>
): number | undefined {
  const times = addresses.flatMap(({ task }) => {
    const answer = answers.get(task)
    return answer?.outcome === 'answered' ? [(answer.rttUs ?? 0) / 1000] : []
  })
  return times.length > 0 ? Math.min(...times) : undefined
}

function idsOf({ source, target }: PlannedPair): FollowedPair {
  return { sourceId: source.id, targetId: target.id }
}

/** Tells what has come, once a second, until the signal is aborted. */
async function tell(
  { onRound }: FollowOptions,
  pending: Pending,
  signal: AbortSignal
): Promise<void> {
  while (!signal.aborted) {
    await delay(ROUND_MS, undefined, { signal }).catch(() => undefined)
    const { points, way, passedOver, notFollowed } = pending
    if (signal.aborted || (points.size === 0 && !notFollowed)) continue
    const round: FollowRound = {
      atMs: Date.now(),
      ...(way && { way }),
      ...(passedOver && passedOver.length > 0 && { passedOver }),
      points: [...points.values()],
      ...(notFollowed && { notFollowed })
    }
    points.clear()
    delete pending.notFollowed
    await onRound(round)
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
