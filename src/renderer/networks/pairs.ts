import type { Container } from '../../shared/containers/model'
import { bestRttMs, pairKey, type PairResult } from '../../shared/reachability/model'

/** A result and what it rested on. */
export interface Measured {
  readonly result: PairResult
  /** The fingerprints of both when the sweep began; undefined where that is not known. */
  readonly sourceMark: string | undefined
  readonly targetMark: string | undefined
}

export type PairStatus = 'reachable' | 'unreachable' | 'unknown' | 'unmeasured'

/** An ordered pair as every view shows it: chart, matrix and panel read this and nothing else. */
export interface Pair {
  readonly source: Container
  readonly target: Container
  readonly status: PairStatus
  /** Something that the result rests on has changed since: it tells what was. */
  readonly isStale: boolean
  readonly rttMs?: number
  readonly result?: PairResult
}

/** All that was measured of one endpoint, by {@link pairKey}. */
export type MeasuredPairs = ReadonlyMap<string, Measured>

/** What is known of an ordered pair now. `marks` are the fingerprints of now. */
export function readPair(
  source: Container,
  target: Container,
  measured: MeasuredPairs,
  marks: ReadonlyMap<string, string>
): Pair {
  const known = measured.get(pairKey({ sourceId: source.id, targetId: target.id }))
  if (!known) return { source, target, status: 'unmeasured', isStale: false }
  const { result, sourceMark, targetMark } = known
  const rttMs = bestRttMs(result)
  return {
    source,
    target,
    status: result.verdict,
    isStale:
      sourceMark === undefined ||
      targetMark === undefined ||
      marks.get(source.id) !== sourceMark ||
      marks.get(target.id) !== targetMark,
    ...(rttMs !== undefined && { rttMs }),
    result
  }
}

/** How many pairs have which status; those out of date are counted apart. */
export interface PairCounts {
  readonly reachable: number
  readonly unreachable: number
  readonly unknown: number
  readonly unmeasured: number
  readonly stale: number
}

export function countPairs(
  containers: readonly Container[],
  measured: MeasuredPairs,
  marks: ReadonlyMap<string, string>
): PairCounts {
  const counts = { reachable: 0, unreachable: 0, unknown: 0, unmeasured: 0, stale: 0 }
  for (const source of containers) {
    for (const target of containers) {
      if (source === target) continue
      const { status, isStale } = readPair(source, target, measured, marks)
      counts[isStale ? 'stale' : status] += 1
    }
  }
  return counts
}
