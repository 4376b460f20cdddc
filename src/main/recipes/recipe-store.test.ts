import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { RecipeStore } from './recipe-store'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-recipes-'))
})
afterEach(() => rm(folder, { recursive: true }))

function recipe(name: string, line = 'docker run busybox') {
  return { name, line, asked: [], savedAtMs: 1 }
}

it('keeps recipes by name, over a restart', async () => {
  const store = new RecipeStore(folder)
  await store.save(recipe('web'))
  await store.save(recipe('db'))
  await store.save(recipe('web', 'docker run nginx'))
  const again = new RecipeStore(folder)
  expect(again.list().map(({ name, line }) => `${name}: ${line}`)).toEqual([
    'db: docker run busybox',
    'web: docker run nginx'
  ])
  await again.remove('db')
  expect(new RecipeStore(folder).list()).toHaveLength(1)
})

it('begins anew where the file is broken, and writes it for its owner alone', async () => {
  const path = join(folder, 'run-recipes.json')
  await writeFile(path, '{"no')
  const store = new RecipeStore(folder)
  expect(store.list()).toEqual([])
  await store.save(recipe('web'))
  expect(await readFile(path, 'utf8')).toContain('docker run busybox')
})

it('does not grow without end', async () => {
  const store = new RecipeStore(folder)
  for (let at = 0; at < 200; at++) await store.save(recipe(`recipe ${at}`))
  await expect(store.save(recipe('one more'))).rejects.toMatchObject({ code: 'invalid-input' })
  await store.save(recipe('recipe 7', 'docker run nginx'))
})
