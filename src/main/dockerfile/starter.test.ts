import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { GrantedPaths } from '../bridge/granted-paths'
import { createFiles, proposeStarter } from './starter'

let folder: string
let granted: GrantedPaths
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-starter-'))
  granted = new GrantedPaths()
  granted.grant(folder)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('proposes for what is there, and writes nothing', async () => {
  await writeFile(join(folder, 'go.mod'), 'module x\n\ngo 1.23\n')
  await mkdir(join(folder, 'cmd', 'serve'), { recursive: true })
  const { kind, files } = await proposeStarter(folder, granted)
  expect(kind).toBe('go')
  expect(files.map(({ path }) => path)).toEqual(
    ['Dockerfile', '.dockerignore'].map((name) => join(folder, name))
  )
  expect(files[0]?.text).toMatch(/FROM golang:1\.23[^]*\.\/cmd\/serve/)
  expect(await readdir(folder)).toEqual(['cmd', 'go.mod'])
})

it('an ignore file that is there stays', async () => {
  await writeFile(join(folder, '.dockerignore'), 'mine\n')
  const { files } = await proposeStarter(folder, granted)
  expect(files).toHaveLength(1)
  expect(await createFiles(files, granted)).toEqual({ kind: 'created' })
  expect(await readFile(join(folder, '.dockerignore'), 'utf8')).toBe('mine\n')
})

it('writes all or none, and never over one that is there', async () => {
  const { files } = await proposeStarter(folder, granted)
  // It came meanwhile.
  await writeFile(join(folder, '.dockerignore'), 'mine\n')
  const path = join(folder, '.dockerignore')
  expect(await createFiles(files, granted)).toEqual({ kind: 'exists', path })
  expect(await readdir(folder)).toEqual(['.dockerignore'])
  expect(await readFile(path, 'utf8')).toBe('mine\n')
})

it('does nothing in a folder that was not handed over', async () => {
  const other = new GrantedPaths()
  const refused = { data: { code: 'permission-denied' } }
  await expect(proposeStarter(folder, other)).rejects.toMatchObject(refused)
  const files = [{ path: join(folder, 'Dockerfile'), text: 'FROM a\n' }]
  await expect(createFiles(files, other)).rejects.toMatchObject(refused)
  const odd = [{ path: join(folder, 'run.sh'), text: '' }]
  await expect(createFiles(odd, granted)).rejects.toMatchObject({ data: { code: 'invalid-input' } })
})
