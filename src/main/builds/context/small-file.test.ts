import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prepareContext } from './prepare'
import { readSmallFile, SmallFileError } from './small-file'

let root: string
let path: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'small-file-'))
  path = join(root, 'file')
})
afterEach(() => rm(root, { recursive: true, force: true }))

it('reads a file whole, through a link, or its beginning', async () => {
  const content = Buffer.from('0123456789'.repeat(20_000))
  await writeFile(join(root, 'real'), content)
  await symlink('real', path)
  expect((await readSmallFile(path)).equals(content)).toBe(true)
  expect((await readSmallFile(path, 100_001)).equals(content.subarray(0, 100_001))).toBe(true)
})

it('reads an empty file, and one that does not tell its size', async () => {
  await writeFile(path, '')
  expect(await readSmallFile(path)).toHaveLength(0)
  if (process.platform === 'linux') {
    expect((await readSmallFile('/proc/self/status')).toString()).toContain('Pid:')
  }
})

it('reads up to 16 MiB and refuses more', async () => {
  await writeFile(path, '')
  await truncate(path, 16 * 1024 * 1024)
  expect(await readSmallFile(path)).toHaveLength(16 * 1024 * 1024)
  await truncate(path, 16 * 1024 * 1024 + 1)
  await expect(readSmallFile(path)).rejects.toThrow(new SmallFileError('It is longer than 16 MiB.'))
})

const SPECIAL: readonly [string, () => unknown][] = [
  ['a FIFO', () => execFileSync('mkfifo', [path])],
  ['a link to a device', () => symlink('/dev/zero', path)],
  ['a folder', () => mkdir(path)]
]

it.each(SPECIAL)('refuses %s at once', async (_what, make) => {
  await make()
  await expect(readSmallFile(path)).rejects.toThrow(new SmallFileError('It is no regular file.'))
})

it.each(SPECIAL)('a build whose Dockerfile is %s is refused', async (_what, make) => {
  path = join(root, 'Dockerfile')
  await make()
  await expect(
    prepareContext({ contextPath: root, dockerfile: 'Dockerfile' }, 'buildkit')
  ).rejects.toMatchObject({
    data: { code: 'invalid-input', message: expect.stringContaining('no regular file') }
  })
})

it.each(SPECIAL)('a build whose ignore file is %s is refused', async (_what, make) => {
  await writeFile(join(root, 'Dockerfile'), 'FROM scratch\n')
  path = join(root, '.dockerignore')
  await make()
  await expect(
    prepareContext({ contextPath: root, dockerfile: 'Dockerfile' }, 'classic')
  ).rejects.toMatchObject({
    data: { code: 'invalid-input', message: expect.stringMatching(/ignore file.*no regular file/) }
  })
})

it('what is not there is told by the system', async () => {
  await expect(readSmallFile(path)).rejects.toMatchObject({ code: 'ENOENT' })
})
