import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Volume } from '../../shared/volumes/model'
import type { StateMessage } from '../../shared/state'
import { StateStore } from './state-store'

function volume(id: string, endpointId = 'e1', driver = 'local'): Volume {
  return { endpointId, id, driver, mountpoint: '', options: {}, labels: {} }
}

describe('StateStore', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  function watched(): { store: StateStore; messages: StateMessage[] } {
    const store = new StateStore()
    const messages: StateMessage[] = []
    store.subscribe((message) => messages.push(message))
    return { store, messages }
  }

  it('sends a storm as one patch a frame, the last word of each row only', () => {
    const { store, messages } = watched()
    for (let index = 0; index < 100; index += 1)
      store.put('volumes', volume('a', 'e1', `driver${index}`))
    vi.advanceTimersByTime(16)
    expect(messages).toEqual([
      {
        kind: 'patch',
        revision: 1,
        tables: { volumes: { upserts: [volume('a', 'e1', 'driver99')], removes: [] } }
      }
    ])
  })

  it('sends nothing for a row that is equal to what it was', () => {
    const { store, messages } = watched()
    store.put('volumes', volume('a'))
    vi.advanceTimersByTime(16)
    store.put('volumes', volume('a'))
    vi.advanceTimersByTime(100)
    expect(messages).toHaveLength(1)
  })

  it('replaces the rows of one endpoint and leaves the others’', () => {
    const { store } = watched()
    store.put('volumes', volume('a'), volume('b'), volume('a', 'e2'))
    store.replace('volumes', 'e1', [volume('b'), volume('c')])
    expect(store.rows('volumes').map(({ endpointId, id }) => `${endpointId}/${id}`)).toEqual([
      'e1/b',
      'e2/a',
      'e1/c'
    ])
  })

  it('forgets an upsert that was removed before it was sent, and the other way round', () => {
    const { store, messages } = watched()
    store.put('volumes', volume('a'))
    store.remove('volumes', 'e1/a')
    store.remove('volumes', 'e1/never')
    store.put('volumes', volume('b'))
    vi.advanceTimersByTime(16)
    expect(messages[0]?.tables.volumes).toEqual({ upserts: [volume('b')], removes: ['e1/a'] })
  })

  it('numbers its snapshot so that the next patch follows it', () => {
    const { store, messages } = watched()
    store.put('volumes', volume('a'))
    const snapshot = store.snapshot()
    store.put('volumes', volume('b'))
    vi.advanceTimersByTime(16)
    expect(snapshot.tables.volumes?.upserts).toEqual([volume('a')])
    expect(messages.at(-1)?.revision).toBe(snapshot.revision + 1)
  })
})
