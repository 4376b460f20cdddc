import { describe, expect, it } from 'vitest'
import { sourceOf, sourcesOf } from './source'

const DIGEST = `sha256:${'ab'.repeat(32)}`

describe('sourceOf', () => {
  it.each([
    ['busybox:latest', [`busybox@${DIGEST}`], 'official', ''],
    ['busybox:latest', [], 'local', ''],
    ['app:1', [`application@${DIGEST}`], 'local', ''],
    ['ann/app:1', [], 'user', 'ann'],
    ['ghcr.io/ann/app:1', [], 'registry', 'ghcr.io'],
    ['localhost:5000/app', [], 'registry', 'localhost:5000'],
    ['no reference', [], 'local', '']
  ] as const)('%s with %j is %s', (tag, digests, kind, owner) => {
    expect(sourceOf(tag, digests)).toEqual({ kind, owner })
  })
})

describe('sourcesOf', () => {
  it('names each source once', () => {
    const tags = ['ann/a:1', 'ann/a:2', 'bob/a:1', 'ghcr.io/a:1']
    expect(sourcesOf({ tags, digests: [] }).map(({ owner }) => owner)).toEqual([
      'ann',
      'bob',
      'ghcr.io'
    ])
  })

  it('tells of an image that has lost its tag where it came from', () => {
    expect(sourcesOf({ tags: [], digests: [`busybox@${DIGEST}`] })).toEqual([
      { kind: 'official', owner: '' }
    ])
  })
})
