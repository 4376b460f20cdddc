import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StatsBatch, StatsPoint } from '../../shared/stats/model'
import { Batch } from './batch'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function point(atMs: number): StatsPoint {
  return { atMs } as StatsPoint
}

function gathered() {
  const sent: StatsBatch[] = []
  let take: () => void = () => undefined
  const batch = new Batch((message) => {
    sent.push(message)
    return new Promise((resolve) => (take = resolve))
  })
  return { batch, sent, take: () => take() }
}

describe('a batch', () => {
  it('is one message for a burst, the kept past before what is new', async () => {
    const { batch, sent } = gathered()
    batch.begin('a', [point(1), point(2)])
    batch.add('a', point(3))
    batch.add('b', point(4))
    batch.update('b')
    batch.update('b')
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toEqual([
      {
        recent: [['a', [point(1), point(2)]]],
        points: [
          ['a', point(3)],
          ['b', point(4)]
        ],
        updated: ['b']
      }
    ])
  })

  it('waits for the window, and loses the oldest when that takes long', async () => {
    const { batch, sent, take } = gathered()
    batch.add('a', point(0))
    await vi.advanceTimersByTimeAsync(1000)
    for (let at = 1; at <= 100; at++) batch.add('a', point(at))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
    take()
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toHaveLength(2)
    expect(sent[1]?.points).toHaveLength(60)
    expect(sent[1]?.points.at(-1)).toEqual(['a', point(100)])
  })

  it('sends nothing of what was dropped, and nothing when it is closed', async () => {
    const { batch, sent } = gathered()
    batch.add('a', point(1))
    batch.add('b', point(1))
    batch.drop('a')
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent[0]?.points).toEqual([['b', point(1)]])
    batch.close()
    batch.add('b', point(2))
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toHaveLength(1)
  })
})
