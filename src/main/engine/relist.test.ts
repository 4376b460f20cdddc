import { describe, expect, it, vi } from 'vitest'
import { Relist } from './relist'

type Ids = readonly string[] | 'all'

/** A listing whose answers the test gives, one after the other. */
function controlledList() {
  const asked: Ids[] = []
  const answers: ((late: readonly string[]) => void)[] = []
  const list = (ids: Ids): Promise<readonly string[]> => {
    asked.push(ids)
    return new Promise((resolve) => answers.push(resolve))
  }
  return { asked, list, answer: (late: readonly string[] = []) => answers.shift()?.(late) }
}

describe('Relist', () => {
  it('holds what is marked until it is released', async () => {
    const { asked, list } = controlledList()
    const relist = new Relist(list)
    relist.mark('a')
    expect(asked).toEqual([])
    relist.release()
    expect(asked).toEqual([['a']])
  })

  it('lists at once, and gathers what is marked meanwhile into the next listing', async () => {
    const { asked, list, answer } = controlledList()
    const relist = new Relist(list)
    relist.release()
    relist.mark('a')
    relist.mark('b')
    relist.mark('c')
    relist.mark('b')
    expect(asked).toEqual([['a']])
    answer()
    await vi.waitFor(() => expect(asked).toEqual([['a'], ['b', 'c']]))
  })

  it('asks again for what the engine shows late, and gives up after its retries', async () => {
    vi.useFakeTimers()
    const asked: Ids[] = []
    const relist = new Relist(
      (ids) => {
        asked.push(ids)
        return Promise.resolve(['a'])
      },
      { retryMs: 10, retries: 2 }
    )
    relist.release()
    relist.mark('a')
    await vi.advanceTimersByTimeAsync(1000)
    vi.useRealTimers()
    expect(asked).toEqual([['a'], ['a'], ['a']])
  })

  it('lists everything when too many are marked, or after a fault', async () => {
    vi.useFakeTimers()
    const asked: Ids[] = []
    let fails = true
    const relist = new Relist((ids) => {
      asked.push(ids)
      if (fails) {
        fails = false
        return Promise.reject(new Error('500'))
      }
      return Promise.resolve([])
    })
    for (let index = 0; index <= 100; index += 1) relist.mark(`id${index}`)
    relist.release()
    await vi.advanceTimersByTimeAsync(2000)
    vi.useRealTimers()
    expect(asked).toEqual(['all', 'all'])
  })

  it('lists nothing any more once stopped', async () => {
    const { asked, list } = controlledList()
    const relist = new Relist(list)
    relist.release()
    relist.stop()
    relist.mark('a')
    relist.markLater('b', 0)
    expect(asked).toEqual([])
  })
})
