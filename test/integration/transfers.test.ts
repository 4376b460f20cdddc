import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findChildren, readUsage, removeImages } from '../../src/main/cleanup/operations'
import { Engine } from '../../src/main/engine/engine'
import { importFileSystem, loadImages } from '../../src/main/transfers/load'
import { lookAtArchive } from '../../src/main/transfers/look'
import { exportContainer, saveImages } from '../../src/main/transfers/save'
import { parseAddress } from '../../src/shared/engines/address'
import { totalsOf, unusedImages } from '../../src/shared/cleanup/model'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'

const cleanup = createCleanup()
let engine: Engine
let folder = ''
let bytes = 0
let lines: string[] = []

beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transfers-'))
  bytes = 0
  lines = []
})
afterEach(async () => {
  await cleanup.run()
  await rm(folder, { recursive: true, force: true })
})

function watched(signal = new AbortController().signal) {
  return {
    signal,
    onBytes: (count: number) => void (bytes += count),
    onLine: (line: string) => void lines.push(line)
  }
}

/** An image of our own: a file over the one that only sleeps. Answers its reference. */
async function buildImage(name: string, from = imageReference('static')): Promise<string> {
  const reference = `${uniqueName(name)}:1`
  const context = join(folder, name)
  await mkdir(context)
  await writeFile(join(context, 'file'), name.repeat(1000))
  await writeFile(join(context, 'Dockerfile'), `FROM ${from}\nCOPY file /${name}\n`)
  await docker(['build', '--quiet', ...LABEL_ARGS, '--tag', reference, context])
  cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
  return reference
}

async function idOf(reference: string): Promise<string> {
  return (await docker(['inspect', '--format', '{{.Id}}', reference])).trim()
}

async function namesIn(path: string): Promise<string[]> {
  const names: string[] = []
  const reader = extract()
  reader.end(await readFile(path))
  for await (const entry of reader) {
    names.push(entry.header.name)
    entry.resume()
  }
  return names
}

async function tarOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const packer = pack()
  for (const [name, content] of Object.entries(files)) packer.entry({ name }, content)
  packer.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of packer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

describe('images as files', () => {
  it('are saved with their tags, and come back by a load as they were', async () => {
    const [first, second] = [await buildImage('one'), await buildImage('two')]
    const ids = [await idOf(first), await idOf(second)]
    const local = join(folder, 'both.tar')
    const saved = await saveImages(engine, [first, second], local, watched())
    expect(saved.bytes).toBe((await stat(local)).size)
    expect(bytes).toBe(saved.bytes)
    expect(await lookAtArchive(local)).toEqual({ kind: 'images', sizeBytes: saved.bytes })
    await docker(['rmi', first, second])
    const loaded = await loadImages(engine, local, watched())
    expect([...loaded.images].sort()).toEqual([first, second].sort())
    expect(lines.join('\n')).toContain(`Loaded image: ${first}`)
    expect([await idOf(first), await idOf(second)]).toEqual(ids)
    // Nothing but the archive is left beside it.
    expect((await readdir(folder)).sort()).toEqual(['both.tar', 'one', 'two'])
  })

  it('are loaded from a compressed archive too', async () => {
    const reference = await buildImage('zipped')
    const local = join(folder, 'image.tar')
    await saveImages(engine, [reference], local, watched())
    await writeFile(`${local}.gz`, gzipSync(await readFile(local)))
    await docker(['rmi', reference])
    expect(await lookAtArchive(`${local}.gz`)).toMatchObject({ kind: 'images' })
    expect((await loadImages(engine, `${local}.gz`, watched())).images).toEqual([reference])
  })

  it('leave nothing when they are not there, or a save is called off', async () => {
    const local = join(folder, 'none.tar')
    const missing = saveImages(engine, ['no-such-image:1'], local, watched())
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
    const control = new AbortController()
    const cut = saveImages(engine, [imageReference('busybox')], local, {
      signal: control.signal,
      onBytes: () => control.abort()
    })
    await expect(cut).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(folder)).toEqual([])
  })

  it('say that the disk here is full, and leave no part and the old file as it was', async () => {
    // Every write to a full disk ends this way; a real small one needs a mount.
    const small = join(folder, 'small')
    await mkdir(small)
    const mounted = await mountSmall(small)
    if (!mounted) return
    await writeFile(join(small, 'image.tar'), 'what was there')
    const saving = saveImages(
      engine,
      [imageReference('busybox')],
      join(small, 'image.tar'),
      watched()
    )
    await expect(saving).rejects.toMatchObject({
      code: 'permission-denied',
      message: 'There is no space left here.',
      data: { hint: expect.stringContaining('Nothing was left of') }
    })
    expect(await readdir(small)).toEqual(['image.tar'])
    expect(await readFile(join(small, 'image.tar'), 'utf8')).toBe('what was there')
  })

  it('are refused where an archive is none, is cut off, or is something else', async () => {
    const good = join(folder, 'good.tar')
    const reference = await buildImage('cut')
    await saveImages(engine, [reference], good, watched())
    await docker(['rmi', reference])
    const cut = join(folder, 'cut.tar')
    await writeFile(cut, await readFile(good))
    await truncate(cut, Math.floor((await stat(good)).size / 2))
    const noise = join(folder, 'noise.tar')
    await writeFile(noise, 'this is no archive at all, '.repeat(100))
    const files = join(folder, 'files.tar')
    await writeFile(files, await tarOf({ 'etc/motd': 'hello' }))
    for (const local of [cut, noise, files]) {
      await expect(loadImages(engine, local, watched())).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(local)
      })
    }
    await expect(idOf(reference)).rejects.toThrow(/no such|not found/i)
    expect(await lookAtArchive(noise)).toEqual({ kind: 'no-archive' })
    expect(await lookAtArchive(files)).toMatchObject({ kind: 'file-system' })
    expect(await lookAtArchive(folder)).toEqual({ kind: 'folder' })
    await expect(lookAtArchive(join(folder, 'gone.tar'))).rejects.toMatchObject({
      code: 'not-found'
    })
    await expect(loadImages(engine, join(folder, 'gone.tar'), watched())).rejects.toMatchObject({
      code: 'not-found'
    })
  })
})

describe('file systems as images', () => {
  it('go from a container into a file, and from a file into an image', async () => {
    const { id, name } = await runContainer(cleanup, { image: imageReference('busybox') })
    const local = join(folder, 'root.tar')
    await docker(['run', '--rm', ...LABEL_ARGS, imageReference('busybox'), 'true'])
    const exported = await exportContainer(engine, id, local, watched())
    expect(exported.bytes).toBe((await stat(local)).size)
    expect(await namesIn(local)).toContain('bin/')
    expect(await lookAtArchive(local)).toMatchObject({ kind: 'file-system' })
    const reference = `${uniqueName('imported')}:7`
    cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
    const options = {
      reference,
      changes: ['CMD ["echo", "a b"]', 'ENV PATH=/bin', 'LABEL io.portolan.test=1'],
      message: `from ${name}`
    }
    const { images } = await importFileSystem(engine, local, options, watched())
    expect(images).toEqual([await idOf(reference)])
    const [found] = JSON.parse(await docker(['inspect', reference])) as [Record<string, unknown>]
    expect(found).toMatchObject({
      Comment: `from ${name}`,
      Config: { Cmd: ['echo', 'a b'], Env: ['PATH=/bin'] }
    })
    expect(await docker(['run', '--rm', ...LABEL_ARGS, reference])).toBe('a b\n')
  })

  it('say what the engine does not take', async () => {
    const local = join(folder, 'root.tar')
    await writeFile(local, await tarOf({ 'etc/motd': 'hello' }))
    const wrong = importFileSystem(engine, local, { changes: ['RUN true'] }, watched())
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid-input',
      data: { engineMessage: expect.stringMatching(/run/i) }
    })
    const noise = join(folder, 'noise.tar')
    await writeFile(noise, 'x'.repeat(5000))
    const broken = importFileSystem(engine, noise, { changes: [] }, watched())
    await expect(broken).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('No image was made')
    })
    await expect(
      exportContainer(engine, 'f'.repeat(64), join(folder, 'gone.tar'), watched())
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a clean-up', () => {
  it('knows what takes space, and what of it is shared', async () => {
    const parent = await buildImage('parent')
    const child = await buildImage('child', parent)
    const { name } = await runContainer(cleanup, { image: child })
    const usage = await readUsage(engine)
    const of = (reference: string) => usage.images.find(({ tags }) => tags.includes(reference))
    const parentUse = of(parent)
    expect(parentUse).toMatchObject({ containers: 0 })
    // All that the parent has, the child has too.
    expect(parentUse?.sharedBytes).toBe(parentUse?.sizeBytes)
    expect(of(child)).toMatchObject({ containers: 1, sharedBytes: parentUse?.sizeBytes })
    expect(usage.containers.find((each) => each.name === name)).toMatchObject({ isAlive: true })
    expect(unusedImages(usage, 'unused').map(({ id }) => id)).toContain(parentUse?.id)
    const [images] = totalsOf(usage)
    expect(images?.count).toBe(usage.images.length)
    expect(images?.bytes).toBeGreaterThan(0)
    expect(await findChildren(engine, [await idOf(parent)])).toEqual({
      [await idOf(parent)]: [{ id: await idOf(child), tags: [child] }]
    })
  })

  it('removes several images, and tells of each that stays why', async () => {
    const [free, used] = [await buildImage('free'), await buildImage('used')]
    await runContainer(cleanup, { image: used })
    const missing = 'no-such-image:1'
    const removal = await removeImages(engine, [used, missing, free], false)
    expect(removal.untagged).toContain(free)
    expect(removal.deleted.length).toBeGreaterThan(0)
    expect(removal.failed).toMatchObject([
      { reference: used, error: { code: 'conflict' } },
      { reference: missing, error: { code: 'not-found' } }
    ])
  })
})

/** A file system of 256 KiB; false where this machine lets us mount none. */
async function mountSmall(path: string): Promise<boolean> {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  const run = promisify(execFile)
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', path])
  } catch {
    return false
  }
  cleanup.add(() => run('umount', [path]))
  return true
}
