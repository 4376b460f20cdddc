import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { watchContext } from './watch-context'

let folder: string
let stop: (() => Promise<void>) | undefined
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'portolan-watch-')))
})
afterEach(async () => {
  await stop?.()
  await rm(folder, { recursive: true, force: true })
})

/** Watches, and answers the names that changed. */
async function watched(dockerfile = 'Dockerfile'): Promise<Set<string>> {
  const changed = new Set<string>()
  stop = await watchContext({
    options: { contextPath: folder, dockerfile },
    builder: 'buildkit',
    onChange: (path) => changed.add(path.slice(folder.length + 1)),
    onFault: (error) => {
      throw error
    }
  })
  return changed
}

it('sees what a build would send, new folders too, and not what is left out', async () => {
  await mkdir(join(folder, 'src/deep'), { recursive: true })
  await mkdir(join(folder, 'out/keep'), { recursive: true })
  await writeFile(join(folder, 'Dockerfile'), 'FROM a\n')
  await writeFile(
    join(folder, '.dockerignore'),
    'out\n!out/keep\n*.log\nDockerfile\n.dockerignore\n'
  )
  const changed = await watched()
  await writeFile(join(folder, 'out/big.bin'), 'x')
  await writeFile(join(folder, 'a.log'), 'x')
  await mkdir(join(folder, 'new'))
  await writeFile(join(folder, 'new/file'), 'x')
  await writeFile(join(folder, 'src/deep/file'), 'x')
  await writeFile(join(folder, 'out/keep/file'), 'x')
  await writeFile(join(folder, 'Dockerfile'), 'FROM b\n')
  await writeFile(join(folder, '.dockerignore'), 'out\n')
  const wanted = ['src/deep/file', 'new/file', 'out/keep/file', 'Dockerfile', '.dockerignore']
  for (const name of wanted)
    await expect.poll(() => [...changed], { timeout: 10_000 }).toContain(name)
  expect([...changed]).not.toContain('a.log')
  expect([...changed]).not.toContain('out/big.bin')
})

it('sees a Dockerfile outside, and stops', async () => {
  const outside = await realpath(await mkdtemp(join(tmpdir(), 'portolan-watch-')))
  await writeFile(join(outside, 'Dockerfile'), 'FROM a\n')
  let count = 0
  const end = await watchContext({
    options: { contextPath: folder, dockerfile: join(outside, 'Dockerfile') },
    builder: 'classic',
    onChange: () => count++,
    onFault: () => undefined
  })
  await writeFile(join(outside, 'Dockerfile'), 'FROM b\n')
  await expect.poll(() => count, { timeout: 10_000 }).toBeGreaterThan(0)
  await end()
  const seen = count
  await writeFile(join(outside, 'Dockerfile'), 'FROM c\n')
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(count).toBe(seen)
  await rm(outside, { recursive: true })
})
