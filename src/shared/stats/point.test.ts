import { describe, expect, it } from 'vitest'
import { toPoint } from './point'
import type { StatsReading } from './reading'

const FIRST: StatsReading = {
  atMs: 10_000,
  cpuPercent: 5,
  cpuTotal: 1000,
  memoryBytes: 1,
  memoryLimitBytes: 2,
  pids: 3,
  totals: { received: 100, sent: 200, read: 300, written: Number.NaN }
}
const SECOND: StatsReading = {
  ...FIRST,
  atMs: 12_000,
  cpuTotal: 2000,
  totals: { received: 500, sent: 200, read: 301, written: Number.NaN }
}
const UNKNOWN = {
  receivedPerSecond: Number.NaN,
  sentPerSecond: Number.NaN,
  readPerSecond: Number.NaN,
  writtenPerSecond: Number.NaN
}

describe('a point', () => {
  it('has rates against the reading before', () => {
    expect(toPoint(FIRST, SECOND)).toEqual({
      atMs: 12_000,
      cpuPercent: 5,
      memoryBytes: 1,
      memoryLimitBytes: 2,
      receivedPerSecond: 200,
      sentPerSecond: 0,
      readPerSecond: 0.5,
      writtenPerSecond: Number.NaN,
      pids: 3,
      totals: SECOND.totals
    })
  })

  it('has none at first, and no share of the CPU', () => {
    expect(toPoint(undefined, FIRST)).toMatchObject({ ...UNKNOWN, cpuPercent: Number.NaN })
  })

  it('has none over a gap, though the engine compared with its own sample before', () => {
    expect(toPoint(FIRST, { ...SECOND, atMs: 20_000 })).toMatchObject({
      ...UNKNOWN,
      cpuPercent: 5
    })
  })

  it('has none across a restart, when counters fall', () => {
    const anew = { ...SECOND, cpuTotal: 10, totals: { ...SECOND.totals, received: 5 } }
    expect(toPoint(FIRST, anew)).toMatchObject({ ...UNKNOWN, cpuPercent: Number.NaN })
    // A network that was left takes its counter with it.
    const left = { ...SECOND, totals: { ...SECOND.totals, received: 5 } }
    expect(toPoint(FIRST, left)).toMatchObject({
      receivedPerSecond: Number.NaN,
      readPerSecond: 0.5
    })
  })
})
