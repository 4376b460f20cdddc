import { expect, it } from 'vitest'
import { pushProgress, type PushLayer } from './push'

const layer = (id: string, rest: Omit<PushLayer, 'id'>): PushLayer => ({ id, ...rest })

it('sums up what has to be sent, and counts what is there', () => {
  const progress = pushProgress([
    layer('a', { state: 'exists' }),
    layer('b', { state: 'mounted', totalBytes: 9000 }),
    layer('c', { state: 'pushed', totalBytes: 100 }),
    layer('d', { state: 'pushing', currentBytes: 150, totalBytes: 300 })
  ])
  expect(progress).toMatchObject({
    sentBytes: 250,
    totalBytes: 400,
    fraction: 250 / 400,
    existingCount: 2
  })
})

it('is done where everything is there, and has not begun where nothing is known', () => {
  expect(pushProgress([layer('a', { state: 'exists' })]).fraction).toBe(1)
  expect(pushProgress([]).fraction).toBe(0)
  expect(pushProgress([layer('a', { state: 'preparing' })]).fraction).toBe(0)
})

it('counts a layer that waits as the others are on average, and never more than the whole', () => {
  const progress = pushProgress([
    layer('a', { state: 'pushed', totalBytes: 100 }),
    layer('b', { state: 'waiting' })
  ])
  expect(progress.fraction).toBe(0.5)
  const over = layer('a', { state: 'pushing', currentBytes: 120, totalBytes: 100 })
  expect(pushProgress([over]).fraction).toBe(1)
})
