import { describe, expect, it } from 'vitest'
import { METRICS, type StatsPoint, type StatsSeries } from '../../shared/stats/model'
import { LiveSeries } from './live-series'

function point(second: number, cpuPercent = second): StatsPoint {
  const metrics = Object.fromEntries(METRICS.map((metric) => [metric, 1]))
  return { ...metrics, atMs: second * 1000, cpuPercent } as StatsPoint
}

function kept(...seconds: number[]): StatsSeries {
  const columns = METRICS.map((metric) => [
    metric,
    Float32Array.from(seconds, (second) => (metric === 'cpuPercent' ? second : 1))
  ])
  return {
    ...Object.fromEntries(columns),
    atMs: Float64Array.from(seconds, (second) => second * 1000)
  } as StatsSeries
}

describe('a live series', () => {
  it('puts what was kept before what came meanwhile, each point once', () => {
    const series = new LiveSeries()
    series.push([point(3), point(4)])
    series.load(kept(1, 2, 3))
    series.push([point(4), point(5)])
    expect(series.window(60, ['cpuPercent'])).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5]
    ])
    expect(series.last?.atMs).toBe(5000)
  })

  it('is broken where nobody watched, and where nothing is known', () => {
    const series = new LiveSeries()
    series.load(kept(1, 2))
    series.push([point(20, Number.NaN), point(21)])
    expect(series.window(60, ['cpuPercent', 'pids'])).toEqual([
      [1, 2, 3, 20, 21],
      [1, 2, null, null, 21],
      [1, 1, null, 1, 1]
    ])
  })

  it('shows a part of it', () => {
    const series = new LiveSeries()
    series.push(Array.from({ length: 100 }, (_, index) => point(index)))
    expect(series.window(10, [])[0]).toEqual([89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
    expect(new LiveSeries().window(10, ['pids'])).toEqual([[], []])
  })

  it('keeps an hour, and tells of each change', () => {
    const series = new LiveSeries()
    let told = 0
    const stop = series.subscribe(() => told++)
    for (let second = 0; second < 10_000; second++) series.push([point(second)])
    expect(told).toBe(10_000)
    expect(series.window(1e9, [])[0].length).toBeLessThan(4000)
    expect(series.window(3600, [])[0].at(0)).toBe(9999 - 3600)
    stop()
    series.push([point(20_000)])
    expect(told).toBe(10_000)
  })
})
