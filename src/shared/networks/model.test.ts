import { describe, expect, it } from 'vitest'
import { networkHandle, networkLabel } from './model'

const networks = [
  { id: 'aaaaaaaaaaaaaaaa', name: 'web' },
  { id: 'bbbbbbbbbbbbbbbb', name: 'web' },
  { id: 'cccccccccccccccc', name: 'db' }
] as const

describe('two networks of one name', () => {
  it('are told apart by their ids, and others go by their names', () => {
    expect(networks.map((network) => networkHandle(network, networks))).toEqual([
      'aaaaaaaaaaaa',
      'bbbbbbbbbbbb',
      'db'
    ])
    expect(networks.map((network) => networkLabel(network, networks))).toEqual([
      'web (aaaaaaaaaaaa)',
      'web (bbbbbbbbbbbb)',
      'db'
    ])
  })
})
