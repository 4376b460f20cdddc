import { describe, expect, it } from 'vitest'
import { areArchives } from './archive-store'

describe('areArchives', () => {
  it.each([
    [['/a/web.tar'], true],
    [['/a/web.TAR.GZ', '/b/x.tgz', '/c/y.tar.zst'], true],
    [['/a/web.tar', '/a/folder'], false],
    [['/a/tar'], false],
    [['/a/notes.gz'], false],
    [[], false]
  ])('%j: %s', (paths, expected) => expect(areArchives(paths)).toBe(expected))
})
