import { GAP_MS, RECENT_POINTS, type Metric, type StatsPoint } from '../../shared/stats/model'

/** The box that a curve is drawn in. */
export const SPARK = { width: RECENT_POINTS, height: 16 } as const

/**
 * The last minute of a metric as an SVG path, from 0 at the bottom to the highest value or `least` at the top, broken where nothing is
 * known.
 */
export function sparkPath(points: readonly StatsPoint[], metric: Metric, least: number): string {
  const last = points.at(-1)
  if (!last) return ''
  const top = points.reduce((most, point) => Math.max(most, point[metric] || 0), least)
  let path = ''
  let beforeMs = Number.NEGATIVE_INFINITY
  for (const { atMs, [metric]: value } of points) {
    const x = SPARK.width - (last.atMs - atMs) / 1000
    if (Number.isNaN(value) || x < 0) continue
    const y = SPARK.height - 1 - (value / top) * (SPARK.height - 2)
    path += `${atMs - beforeMs < GAP_MS ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    beforeMs = atMs
  }
  return path
}
