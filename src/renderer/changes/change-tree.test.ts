import { describe, expect, it } from 'vitest'
import type { Change, ChangeKind } from '../../shared/changes/model'
import { buildTree, countChanges, flatten, type ChangeFilter } from './change-tree'

const ALL: ChangeFilter = {
  text: '',
  kinds: new Set<ChangeKind>(['added', 'changed', 'deleted']),
  showNoise: true
}

const CHANGES: readonly Change[] = [
  { path: '/etc', kind: 'changed' },
  { path: '/etc/passwd', kind: 'changed' },
  { path: '/srv', kind: 'added' },
  { path: '/srv/new', kind: 'added' },
  { path: '/tmp', kind: 'changed' },
  { path: '/tmp/x', kind: 'added' },
  { path: '/usr/bin/env', kind: 'deleted' }
]

function paths(filter: Partial<ChangeFilter>, toggled: readonly string[] = []): string[] {
  const tree = buildTree(CHANGES, { ...ALL, ...filter })
  return flatten(tree, new Set(toggled), false).map(({ node, level }) => `${level} ${node.path}`)
}

describe('the tree of changes', () => {
  it('holds every change below its folders, the engine’s or not', () => {
    expect(paths({})).toEqual([
      '0 /etc',
      '1 /etc/passwd',
      '0 /srv',
      '1 /srv/new',
      '0 /tmp',
      '1 /tmp/x',
      '0 /usr',
      '1 /usr/bin',
      '2 /usr/bin/env'
    ])
    expect(paths({}, ['/srv', '/usr'])).not.toContain('1 /srv/new')
  })

  it('is filtered by text, kind and noise, and keeps the way to what is left', () => {
    expect(paths({ text: 'ENV' })).toEqual(['0 /usr', '1 /usr/bin', '2 /usr/bin/env'])
    expect(paths({ kinds: new Set(['changed'] as const) })).toEqual(['0 /etc', '1 /etc/passwd'])
    expect(paths({ showNoise: false })).not.toContain('1 /tmp/x')
  })

  it('counts what changed, not the folders on the way', () => {
    expect(countChanges(CHANGES)).toEqual({ added: 3, changed: 1, deleted: 1 })
    const [etc, srv] = buildTree(CHANGES, ALL)
    expect(etc?.counts).toEqual({ added: 0, changed: 1, deleted: 0 })
    expect(srv?.counts).toEqual({ added: 1, changed: 0, deleted: 0 })
  })

  it('of many rows shows an added folder closed, and all of them while a filter is on', () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      path: `/new/${at}`,
      kind: 'added' as const
    }))
    const tree = buildTree([{ path: '/new', kind: 'added' }, ...many], ALL)
    expect(flatten(tree, new Set(), false)).toHaveLength(1)
    expect(flatten(tree, new Set(['/new']), false)).toHaveLength(1001)
    expect(flatten(tree, new Set(), true)).toHaveLength(1001)
  })

  it('takes a hundred thousand paths in its stride', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({
      path: `/new/${at % 300}/${at}`,
      kind: 'added' as const
    }))
    expect(countChanges(many).added).toBe(100_000)
    expect(buildTree(many, ALL)[0]?.counts.added).toBe(100_000)
  })
})
