import { describe, expect, it } from 'vitest'
import type { Container } from '../../shared/containers/model'
import { readPairs } from './pairs'
import { shownName } from './names'
import { usersOf } from './volume-users'

describe('readPairs', () => {
  it('reads a pair a line; the value may hold anything', () => {
    expect(readPairs('type=nfs\n\no=addr=10.0.0.1,rw\nempty=\n  alone ')).toEqual({
      pairs: { type: 'nfs', o: 'addr=10.0.0.1,rw', empty: '', alone: '' }
    })
  })

  it.each(['=value', 'two words=x'])('says that %j is none', (line) => {
    expect(readPairs(`a=b\n${line}`)).toEqual({ pairs: { a: 'b' }, fault: line })
  })
})

it('shortens a name that nobody gave', () => {
  expect(shownName({ id: 'ab'.repeat(32) })).toBe('abababababab…')
  expect(shownName({ id: 'data' })).toBe('data')
})

it('knows who has a volume, twice where it is mounted twice, and takes no bind mount for one', () => {
  const container = {
    name: 'web',
    mounts: [
      { kind: 'volume', source: 'data', destination: '/a', readOnly: false },
      { kind: 'volume', source: 'data', destination: '/b', readOnly: true },
      { kind: 'bind', source: '/data', destination: '/c', readOnly: false },
      { kind: 'tmpfs', source: '', destination: '/d', readOnly: false }
    ]
  } as unknown as Container
  const users = usersOf([container])
  expect([...users.keys()]).toEqual(['data'])
  expect(users.get('data')).toMatchObject([
    { destination: '/a', readOnly: false },
    { destination: '/b', readOnly: true }
  ])
})
