import { describe, expect, it } from 'vitest'
import { TABLE_NAMES, type StateMessage } from '../../shared/state'
import type { Volume } from '../../shared/volumes/model'
import { applyMessage } from './mirror'

type State = Parameters<typeof applyMessage>[0]

const EMPTY = Object.fromEntries(TABLE_NAMES.map((name) => [name, new Map()])) as unknown as State

function volume(id: string): Volume {
  return { endpointId: 'e1', id, driver: 'local', mountpoint: '', options: {}, labels: {} }
}

function patch(upserts: Volume[], removes: string[] = []): StateMessage {
  return { kind: 'patch', revision: 2, tables: { volumes: { upserts, removes } } }
}

describe('applyMessage', () => {
  it('puts and removes rows, and touches no other table', () => {
    const first = applyMessage(EMPTY, patch([volume('a'), volume('b')]))
    expect(Object.keys(first)).toEqual(['volumes', 'revision'])
    const second = applyMessage({ ...EMPTY, ...first }, patch([volume('c')], ['e1/a']))
    expect([...(second.volumes?.keys() ?? [])]).toEqual(['e1/b', 'e1/c'])
  })

  it('starts over with a snapshot', () => {
    const before = { ...EMPTY, ...applyMessage(EMPTY, patch([volume('old')])) } as State
    const after = applyMessage(before, {
      kind: 'snapshot',
      revision: 9,
      tables: { volumes: { upserts: [volume('new')], removes: [] } }
    })
    expect([...(after.volumes?.keys() ?? [])]).toEqual(['e1/new'])
    expect(after.revision).toBe(9)
  })
})
