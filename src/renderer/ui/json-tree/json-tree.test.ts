import { describe, expect, it } from 'vitest'
import { diffJson } from './json-diff'
import { allOpen, childPath, findHits, firstOpen, toLines } from './json-lines'

const value = { State: { Health: { Log: [{ Output: 'fine' }] } }, 'a-b': 1, Empty: [], Null: null }

describe('toLines', () => {
  it('shows what is open, with jq’s paths', () => {
    expect(toLines(value, firstOpen()).map(({ path }) => path)).toEqual([
      '.',
      '.State',
      '.["a-b"]',
      '.Empty',
      '.Null'
    ])
    const all = toLines(value, allOpen(value))
    expect(all.map(({ path }) => path)).toContain('.State.Health.Log[0].Output')
    expect(all.find(({ path }) => path === '.Empty')).toMatchObject({ childCount: 0 })
    expect(all.find(({ path }) => path === '.Null')?.childCount).toBeUndefined()
  })

  it.each([null, 'text', 3, [], undefined])('has one line for %j', (simple) => {
    expect(toLines(simple, firstOpen())).toHaveLength(1)
  })
})

describe('childPath', () => {
  it.each([
    ['.', 'a', false, '.a'],
    ['.', '0', true, '.[0]'],
    ['.a', 'b"c', false, '.a["b\\"c"]'],
    ['.a', '3', true, '.a[3]']
  ])('of %s and %s (in a list: %s) is %s', (path, name, isInArray, expected) => {
    expect(childPath(path, name, isInArray)).toBe(expected)
  })
})

describe('findHits', () => {
  it('looks in keys and in values, and tells what must be open', () => {
    expect(findHits(value, 'FINE')).toEqual([
      {
        path: '.State.Health.Log[0].Output',
        ancestors: ['.', '.State', '.State.Health', '.State.Health.Log', '.State.Health.Log[0]']
      }
    ])
    expect(findHits(value, 'null').map(({ path }) => path)).toEqual(['.Null'])
    expect(findHits(value, ' ')).toEqual([])
    expect(findHits([7], '0')).toEqual([])
  })
})

describe('diffJson', () => {
  it('tells what is added, removed and changed', () => {
    expect(diffJson({ a: 1, b: [1, 2], c: 'x' }, { a: 2, b: [1], d: { e: 1 } })).toEqual([
      { path: '.a', kind: 'changed', left: 1, right: 2 },
      { path: '.b[1]', kind: 'removed', left: 2 },
      { path: '.c', kind: 'removed', left: 'x' },
      { path: '.d', kind: 'added', right: { e: 1 } }
    ])
  })

  it('compares variables by name and mounts by destination, in whatever order', () => {
    expect(diffJson({ Env: ['A=1', 'B=2'] }, { Env: ['B=3', 'A=1', 'C=4'] })).toEqual([
      { path: '.Env.B', kind: 'changed', left: '2', right: '3' },
      { path: '.Env.C', kind: 'added', right: '4' }
    ])
    const [a, b] = [{ Destination: '/a' }, { Destination: '/b' }]
    expect(diffJson({ Mounts: [a, b] }, { Mounts: [b, a] })).toEqual([])
  })

  it('takes null for empty, and leaves noise out', () => {
    expect(diffJson({ a: null, b: {} }, { a: [], b: null })).toEqual([])
    expect(
      diffJson({ Id: 1, b: { Pid: 1 } }, { Id: 2, b: { Pid: 2 } }, (key) => /Id|Pid/.test(key))
    ).toEqual([])
  })
})
