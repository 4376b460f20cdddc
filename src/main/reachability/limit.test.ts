import { describe, expect, it } from 'vitest'
import { eachLimited } from './limit'

const never = new AbortController().signal

describe('eachLimited', () => {
  it('runs everything, never more than the limit at once', async () => {
    let running = 0
    let most = 0
    const seen: number[] = []
    await eachLimited([1, 2, 3, 4, 5, 6, 7], 3, never, async (item) => {
      most = Math.max(most, ++running)
      await new Promise(setImmediate)
      running--
      seen.push(item)
    })
    expect(most).toBe(3)
    expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('takes no further item after a failure, and waits for what runs', async () => {
    const ended: number[] = []
    const work = eachLimited([1, 2, 3, 4], 2, never, async (item) => {
      if (item === 1) throw new Error('first')
      await new Promise(setImmediate)
      ended.push(item)
    })
    await expect(work).rejects.toThrow('first')
    expect(ended).toEqual([2])
  })

  it('stops at an abort', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const work = eachLimited([1, 2, 3], 1, controller.signal, async (item) => {
      seen.push(item)
      controller.abort()
    })
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toEqual([1])
  })
})
