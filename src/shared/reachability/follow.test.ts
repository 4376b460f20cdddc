import { expect, it } from 'vitest'
import { FOLLOW_WINDOW, FollowSeries } from './follow'

it('counts loss and jitter over the window', () => {
  const series = new FollowSeries()
  expect(series.push(1)).toEqual({ rttMs: 1, loss: 0 })
  expect(series.push(3)).toEqual({ rttMs: 3, loss: 0, jitterMs: 2 })
  expect(series.push(undefined)).toEqual({ loss: 1 / 3, jitterMs: 2 })
  expect(series.push(2)).toEqual({ rttMs: 2, loss: 0.25, jitterMs: 1.5 })
  for (let round = 0; round < FOLLOW_WINDOW; round++) series.push(2)
  expect(series.push(2)).toEqual({ rttMs: 2, loss: 0, jitterMs: 0 })
})

it('turns after three in a row, once, and back at the first answer', () => {
  const series = new FollowSeries()
  const turns = [1, undefined, undefined, 1, undefined, undefined, undefined, undefined, 1, 1].map(
    (rttMs) => series.push(rttMs).turned
  )
  const [no, away, back] = [undefined, 'unreachable', 'reachable']
  expect(turns).toEqual([no, no, no, no, no, no, away, no, back, no])
})

it('begins with what is, which is no turn', () => {
  const series = new FollowSeries()
  const turns = [undefined, undefined, undefined, undefined, 1].map(
    (rtt) => series.push(rtt).turned
  )
  expect(turns).toEqual([undefined, undefined, undefined, undefined, 'reachable'])
})
