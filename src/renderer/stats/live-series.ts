import {
  GAP_MS,
  KEPT_POINTS,
  METRICS,
  type Metric,
  type StatsPoint,
  type StatsSeries
} from '../../shared/stats/model'

type Values = (number | null)[]

/** What a chart draws: times in seconds, and values for each metric asked for; null where nothing is known. */
export type ChartData = [times: number[], ...values: Values[]]

/**
 * One container's last hour, as it grows. Where points lie too far apart a point without values stands between them, so that no line is
 * drawn over what nobody saw.
 */
export class LiveSeries {
  readonly #times: number[] = []
  readonly #values = Object.fromEntries(METRICS.map((metric) => [metric, [] as Values])) as Record<
    Metric,
    Values
  >
  readonly #listeners = new Set<() => void>()
  /** Grows with each change. */
  version = 0
  /** The newest point that came live; its totals are not kept of older ones. */
  last: StatsPoint | undefined

  /** Bound, as React wants it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What main kept; it comes before what came live meanwhile. */
  load(series: StatsSeries): void {
    const live = this.#times.map(
      (time, at) => [time, METRICS.map((metric) => this.#values[metric][at] ?? null)] as const
    )
    this.#times.length = 0
    for (const metric of METRICS) this.#values[metric].length = 0
    series.atMs.forEach((atMs, at) => this.#add(atMs, (metric) => series[metric][at] ?? Number.NaN))
    for (const [time, values] of live)
      this.#add(time * 1000, (metric) => values[METRICS.indexOf(metric)] ?? Number.NaN)
    this.#tell()
  }

  push(points: readonly StatsPoint[]): void {
    for (const point of points) {
      this.#add(point.atMs, (metric) => point[metric])
      this.last = point
    }
    this.#tell()
  }

  /** The last `seconds` before the newest point, in the order of `metrics`. */
  window(seconds: number, metrics: readonly Metric[]): ChartData {
    const end = this.#times.at(-1) ?? 0
    const from = this.#times.findIndex((time) => time >= end - seconds)
    const start = from === -1 ? this.#times.length : from
    return [this.#times.slice(start), ...metrics.map((metric) => this.#values[metric].slice(start))]
  }

  #add(atMs: number, value: (metric: Metric) => number): void {
    const lastMs = (this.#times.at(-1) ?? Number.NEGATIVE_INFINITY) * 1000
    // Kept and live overlap.
    if (atMs <= lastMs) return
    if (atMs - lastMs > GAP_MS && this.#times.length > 0) this.#append(lastMs + 1000, () => null)
    this.#append(atMs, (metric) => {
      const number = value(metric)
      return Number.isFinite(number) ? number : null
    })
    if (this.#times.length < KEPT_POINTS * 1.1) return
    const surplus = this.#times.length - KEPT_POINTS
    this.#times.splice(0, surplus)
    for (const metric of METRICS) this.#values[metric].splice(0, surplus)
  }

  #append(atMs: number, value: (metric: Metric) => number | null): void {
    this.#times.push(atMs / 1000)
    for (const metric of METRICS) this.#values[metric].push(value(metric))
  }

  #tell(): void {
    this.version += 1
    for (const listener of this.#listeners) listener()
  }
}
