import { describe, expect, it } from 'vitest'
import type { TarEntry } from '../tar/reader'
import { ArchiveRules } from './archive-rules'

function entry(name: string, more: Partial<TarEntry> = {}): TarEntry {
  return {
    name,
    type: name.endsWith('/') ? '5' : '0',
    mode: 0o644,
    sizeBytes: 1,
    modifiedAtMs: 0,
    uid: 0,
    gid: 0,
    linkName: '',
    content: (async function* () {})(),
    ...more
  }
}

function checked(...entries: TarEntry[]): ArchiveRules {
  const rules = new ArchiveRules()
  for (const each of entries) rules.check(each)
  return rules
}

const link = (name: string, linkName: string): TarEntry => entry(name, { type: '2', linkName })
const hard = (name: string, linkName: string): TarEntry => entry(name, { type: '1', linkName })

describe('what is refused', () => {
  it.each([
    ['absolute', [entry('/a')]],
    ['`..`', [entry('..')]],
    ['`..` at the end', [entry('a/..', { type: '5' })]],
    ['`..` behind a dot', [entry('./../a')]],
    ['through a link', [link('a', 'b'), entry('a/c')]],
    ['through a link, doubled slashes', [link('./a', 'b'), entry('a//c')]],
    ['a link through a link', [link('a', 'b'), link('a/c', 'd')]],
    ['a hard link to `..`', [hard('a', '../b')]],
    ['an absolute hard link', [hard('a', '/etc/passwd')]],
    ['a file as the root', [entry('./', { type: '0' })]],
    ['a link as the root', [link('.', '/etc')]],
    ['a folder and then a file', [entry('a/'), entry('a')]],
    ['a folder by what is in it, and then a link', [entry('a/b'), link('a', '/')]],
    ['a kind that nobody knows', [entry('a', { type: 'S' })]]
  ])('%s', (_what, entries) => {
    expect(() => checked(...entries)).toThrow()
  })
})

describe('what is taken', () => {
  it('names that only look odd', () => {
    const rules = checked(
      entry('./'),
      entry('./..a/'),
      entry('./..a/...'),
      entry('b..'),
      entry('$(x)')
    )
    expect(rules.counted).toEqual({ files: 3, bytes: 3 })
  })

  it('links to anywhere, and a file that replaces one', () => {
    expect(checked(link('a', '/dev/null'), entry('a')).counted.files).toBe(2)
  })

  it('a file twice, as archives have that were added to', () => {
    expect(checked(entry('a'), entry('a')).counted.files).toBe(2)
  })

  it('tells the folders, also those that have no entry', () => {
    expect([...checked(entry('a/b/c'), entry('d/')).folders].toSorted()).toEqual(['a', 'a/b', 'd'])
  })
})

describe('whether the archive holds the volume itself', () => {
  it.each([
    ['a backup of ours', [entry('volume/'), entry('volume/a'), link('volume/l', 'x')], true],
    ['an empty one', [entry('volume/')], true],
    ['no folder first', [entry('volume/a')], false],
    ['something beside it', [entry('volume/'), entry('other')], false],
    ['a name that begins so', [entry('volume/'), entry('volumes/a')], false],
    ['what is in it', [entry('./'), entry('./volume/')], false],
    ['nothing', [], false]
  ])('%s', (_what, entries, isWhole) => {
    expect(checked(...entries).isWhole).toBe(isWhole)
  })

  it('keeps what it says of the root', () => {
    expect(checked(entry('./', { mode: 0o700, uid: 5 })).root).toMatchObject({
      mode: 0o700,
      uid: 5
    })
    expect(checked(entry('a')).root).toBeUndefined()
  })
})
