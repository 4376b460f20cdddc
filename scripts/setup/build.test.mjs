import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { listFiles, stampOf } from './build.mjs'

const root = mkdtempSync(join(tmpdir(), 'portolan-build-'))
afterAll(() => rmSync(root, { recursive: true }))

describe('listFiles', () => {
  it('lists files and what is below folders, and passes over what is not there', async () => {
    mkdirSync(join(root, 'src/main'), { recursive: true })
    writeFileSync(join(root, 'src/main/index.ts'), 'four')
    writeFileSync(join(root, 'package.json'), '{}')
    utimesSync(join(root, 'package.json'), 10, 10)
    const files = await listFiles(root, ['src', 'package.json', 'resources'])
    expect(files.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
      ['src/main/index.ts', 4],
      ['package.json', 2]
    ])
    expect(files[1]?.modifiedAtMs).toBe(10_000)
  })
})

describe('stampOf', () => {
  const a = { path: 'src/a.ts', sizeBytes: 1, modifiedAtMs: 1 }
  const b = { path: 'src/b.ts', sizeBytes: 2, modifiedAtMs: 2 }

  it('does not depend on the order, nor on tests', () => {
    const test = { path: 'src/a.test.ts', sizeBytes: 9, modifiedAtMs: 9 }
    expect(stampOf([b, a])).toBe(stampOf([a, b]))
    expect(stampOf([a, b, test])).toBe(stampOf([a, b]))
  })

  it.each([
    ['removed', [a]],
    ['added', [a, b, { ...b, path: 'src/c.ts' }]],
    ['renamed', [a, { ...b, path: 'src/c.ts' }]],
    ['written', [a, { ...b, modifiedAtMs: 3 }]],
    ['grown', [a, { ...b, sizeBytes: 3 }]]
  ])('changes when a file is %s', (_change, files) => {
    expect(stampOf(files)).not.toBe(stampOf([a, b]))
  })
})
