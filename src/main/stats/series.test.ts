import { describe, expect, it } from 'vitest'
import type { StatsPoint } from '../../shared/stats/model'
import { SeriesBuffer } from './series'

function point(second: number): StatsPoint {
  return {
    atMs: second * 1000,
    cpuPercent: second,
    memoryBytes: second * 1024,
    memoryLimitBytes: 4096,
    receivedPerSecond: Number.NaN,
    sentPerSecond: 1,
    readPerSecond: 2,
    writtenPerSecond: 3,
    pids: 4,
    totals: { received: 0, sent: 0, read: 0, written: 0 }
  }
}

function filled(kept: number, count: number): SeriesBuffer {
  const buffer = new SeriesBuffer(kept)
  for (let second = 1; second <= count; second++) buffer.push(point(second))
  return buffer
}

function seconds(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

describe('a series', () => {
  it.each([
    [100, 0],
    [100, 3],
    [100, 64],
    [100, 65],
    [100, 100],
    [100, 101],
    [100, 1234],
    [10, 27]
  ])('of at most %i points holds the last of %i', (kept, count) => {
    const wanted = count === 0 ? [] : seconds(Math.max(1, count - kept + 1), count)
    const series = filled(kept, count).series()
    expect([...series.atMs]).toEqual(wanted.map((second) => second * 1000))
    expect([...series.cpuPercent]).toEqual(wanted)
    expect([...series.memoryBytes]).toEqual(wanted.map((second) => second * 1024))
    expect(series.receivedPerSecond.every(Number.isNaN)).toBe(true)
  })

  it('is a copy: what comes later does not change it', () => {
    const buffer = filled(10, 3)
    const before = buffer.series()
    buffer.push(point(4))
    expect([...before.cpuPercent]).toEqual([1, 2, 3])
  })

  it('keeps the last minute as points', () => {
    expect(filled(100, 90).recent.map(({ cpuPercent }) => cpuPercent)).toEqual(seconds(31, 90))
  })
})
