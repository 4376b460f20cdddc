import { setTimeout as delay } from 'node:timers/promises'
import { FollowSeries, type FollowRound } from '../../shared/reachability/follow'
import { bestRttMs, pairKey, type PairResult } from '../../shared/reachability/model'
import type { Measuring } from './measuring'
import { measurePairs, type SweepContainer } from './operations'
import { readTopology } from './topology'

const ROUND_MS = 1000

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
  readonly onRound: (round: FollowRound) => Promise<void>
}

/**
 * Pings pairs once a second (or as often as they can be measured) until the signal is aborted. Errors: `cancelled` then;
 * `engine-unreachable` when the engine is lost.
 */
export async function follow(options: FollowOptions): Promise<never> {
  const { engine, containers, pairs, series, signal, onRound } = options
  for (;;) {
    const startedAtMs = Date.now()
    const topology = await readTopology(engine, containers, signal)
    const results: PairResult[] = []
    const plan = { pairs, names: 'none' } as const
    await measurePairs(options, containers, topology, plan, (result) => results.push(result))
    const measured = results.filter((result) => result.measured)
    const { way, passedOver } = measured[0] ?? {}
    await onRound({
      atMs: startedAtMs,
      ...(way && { way }),
      ...(passedOver && { passedOver }),
      points: measured.map((result) => {
        const known = series.get(pairKey(result)) ?? new FollowSeries()
        series.set(pairKey(result), known)
        const { sourceId, targetId } = result
        return { sourceId, targetId, ...known.push(bestRttMs(result)) }
      }),
      notFollowed: results.flatMap(({ sourceId, targetId, measured: isMeasured, reason }) =>
        isMeasured || !reason ? [] : [{ sourceId, targetId, reason }]
      )
    })
    const rest = Math.max(0, ROUND_MS - (Date.now() - startedAtMs))
    await delay(rest, undefined, { signal }).catch(() => undefined)
  }
}
