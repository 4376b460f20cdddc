import { GAP_MS, type StatsPoint, type StatsTotals } from './model'
import type { StatsReading } from './reading'

/** A reading as a point: counters become rates against the reading before, which is absent at the beginning. */
export function toPoint(before: StatsReading | undefined, reading: StatsReading): StatsPoint {
  const { atMs, memoryBytes, memoryLimitBytes, pids, totals } = reading
  const wasAnew = before === undefined || reading.cpuTotal < before.cpuTotal
  const seconds = before && !wasAnew ? (atMs - before.atMs) / 1000 : Number.NaN
  // A rate over a gap would smear what happened in it.
  const isNear = seconds > 0 && seconds * 1000 < GAP_MS
  const rate = (counter: keyof StatsTotals): number => {
    const change = before && isNear ? totals[counter] - before.totals[counter] : Number.NaN
    return change >= 0 ? change / seconds : Number.NaN
  }
  return {
    atMs,
    cpuPercent: wasAnew ? Number.NaN : reading.cpuPercent,
    memoryBytes,
    memoryLimitBytes,
    receivedPerSecond: rate('received'),
    sentPerSecond: rate('sent'),
    readPerSecond: rate('read'),
    writtenPerSecond: rate('written'),
    pids,
    totals
  }
}
