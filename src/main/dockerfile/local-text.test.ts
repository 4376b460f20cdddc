import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { GrantedPaths } from '../bridge/granted-paths'
import { readLocalText, saveLocalText } from './local-text'

let root: string
let folder: string
let granted: GrantedPaths

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'portolan-local-text-'))
  folder = join(root, 'app')
  await mkdir(folder)
  granted = new GrantedPaths()
  granted.grant(folder)
})
afterEach(() => rm(root, { recursive: true, force: true }))

const code = (code: string) => ({ data: { code } })

it('keeps a BOM, CRLF and the file’s rights', async () => {
  const path = join(folder, 'Dockerfile')
  await writeFile(path, '\uFEFFFROM a\r\nRUN b\r\n')
  await chmod(path, 0o640)
  const file = await readLocalText(path, granted)
  expect(file).toMatchObject({ text: 'FROM a\nRUN b\n', lineEnd: '\r\n', hasBom: true })
  const { sha256: expected, lineEnd, hasBom } = file
  const draft = { path, text: 'FROM b\n', lineEnd, hasBom, expected }
  expect(await saveLocalText(draft, granted)).toMatchObject({ kind: 'saved' })
  expect(await readFile(path, 'utf8')).toBe('\uFEFFFROM b\r\n')
  expect((await stat(path)).mode & 0o777).toBe(0o640)
})

it('never writes over what somebody else has written, unless told to', async () => {
  const path = join(folder, 'Dockerfile')
  await writeFile(path, 'FROM a\n')
  const { sha256: expected } = await readLocalText(path, granted)
  await writeFile(path, 'FROM theirs\n')
  const draft = { path, text: 'FROM mine\n', lineEnd: '\n', hasBom: false } as const
  expect(await saveLocalText({ ...draft, expected }, granted)).toMatchObject({
    kind: 'conflict',
    theirs: { text: 'FROM theirs\n' }
  })
  expect(await saveLocalText({ ...draft, expected: null }, granted)).toMatchObject({
    kind: 'conflict'
  })
  expect(await readFile(path, 'utf8')).toBe('FROM theirs\n')
  await saveLocalText(draft, granted)
  expect(await readFile(path, 'utf8')).toBe('FROM mine\n')
  await rm(path)
  expect(await saveLocalText({ ...draft, expected }, granted)).toEqual({
    kind: 'conflict',
    theirs: null
  })
  expect(await saveLocalText({ ...draft, expected: null }, granted)).toMatchObject({
    kind: 'saved'
  })
})

it('touches nothing outside of what was handed over, also not through a link', async () => {
  const outside = join(root, 'Dockerfile')
  await writeFile(outside, 'FROM secret\n')
  await symlink(outside, join(folder, 'Dockerfile'))
  await symlink(root, join(folder, 'up'))
  const draft = { text: 'FROM evil\n', lineEnd: '\n', hasBom: false } as const
  const paths = [
    outside,
    join(folder, '..', 'Dockerfile'),
    join(folder, 'Dockerfile'),
    join(folder, 'up', 'Dockerfile')
  ]
  for (const path of paths) {
    await expect(readLocalText(path, granted)).rejects.toMatchObject(code('permission-denied'))
    await expect(saveLocalText({ ...draft, path }, granted)).rejects.toMatchObject(
      code('permission-denied')
    )
  }
  const fresh = join(folder, 'up', 'new.Dockerfile')
  await expect(
    saveLocalText({ ...draft, path: fresh, expected: null }, granted)
  ).rejects.toMatchObject(code('permission-denied'))
  expect(await readFile(outside, 'utf8')).toBe('FROM secret\n')
})

it('reads and writes Dockerfiles and ignore files only', async () => {
  const path = join(folder, '.bashrc')
  const draft = { path, text: 'x', lineEnd: '\n', hasBom: false } as const
  await expect(saveLocalText(draft, granted)).rejects.toMatchObject(code('invalid-input'))
  await expect(readLocalText(path, granted)).rejects.toMatchObject(code('invalid-input'))
})

it('follows a link to the folder that was dropped', async () => {
  const link = join(root, 'link')
  await symlink(folder, link)
  const viaLink = new GrantedPaths()
  viaLink.grant(link)
  await writeFile(join(folder, 'Dockerfile'), 'FROM a\n')
  expect((await readLocalText(join(link, 'Dockerfile'), viaLink)).text).toBe('FROM a\n')
})

it('says what it cannot edit', async () => {
  const path = join(folder, 'Dockerfile')
  await expect(readLocalText(path, granted)).rejects.toMatchObject(code('not-found'))
  await writeFile(path, Buffer.from([0xff, 0xfe, 0x41]))
  await expect(readLocalText(path, granted)).rejects.toThrow('not written in UTF-8')
  await writeFile(path, Buffer.alloc(2 * 1024 * 1024 + 1, 'x'))
  await expect(readLocalText(path, granted)).rejects.toThrow('longer than 2 MiB')
  await rm(path)
  await mkdir(path)
  await expect(readLocalText(path, granted)).rejects.toThrow('no regular file')
})
