import { describe, expect, it } from 'vitest'
import type { StatsPoint } from '../../shared/stats/model'
import { sparkPath } from './sparkline'

function point(second: number, cpuPercent: number): StatsPoint {
  return { atMs: second * 1000, cpuPercent } as StatsPoint
}

describe('a sparkline', () => {
  it('is empty without points', () => {
    expect(sparkPath([], 'cpuPercent', 5)).toBe('')
    expect(sparkPath([point(1, Number.NaN)], 'cpuPercent', 5)).toBe('')
  })

  it('goes from 0 at the bottom to the highest at the top, the newest at the right', () => {
    const points = [point(1, 0), point(2, 50), point(3, 100)]
    expect(sparkPath(points, 'cpuPercent', 5)).toBe('M58.0 15.0L59.0 8.0L60.0 1.0')
  })

  it('does not blow up noise', () => {
    expect(sparkPath([point(1, 1)], 'cpuPercent', 7)).toBe('M60.0 13.0')
  })

  it('is broken at a gap', () => {
    const points = [point(1, 0), point(2, 0), point(30, 0), point(31, Number.NaN), point(32, 0)]
    expect(sparkPath(points, 'cpuPercent', 5)).toBe('M29.0 15.0L30.0 15.0M58.0 15.0L60.0 15.0')
  })
})
