import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extract } from 'tar-stream'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { removeImages } from '../../src/main/cleanup/operations'
import { Engine } from '../../src/main/engine/engine'
import { importFileSystem, loadImages } from '../../src/main/transfers/load'
import { exportContainer, saveImages } from '../../src/main/transfers/save'
import { cleanupCommands } from '../../src/shared/cleanup/command'
import { formatCommand } from '../../src/shared/command/quote'
import { parseAddress } from '../../src/shared/engines/address'
import { transferCommands as commands } from '../../src/shared/transfers/command'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, normalise, runLine, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
let engine: Engine
let folder = ''

beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})
beforeEach(async () => {
  // The names that quoting is for.
  folder = await mkdtemp(join(tmpdir(), "transfer's $HOME "))
})
afterEach(async () => {
  await cleanup.run()
  await rm(folder, { recursive: true, force: true })
})

const watched = {
  signal: new AbortController().signal,
  onBytes: () => undefined,
  onLine: () => undefined
}

function run(argv: readonly string[]): Promise<string> {
  return runLineWell(formatCommand(argv), { cli })
}

async function buildImage(name: string): Promise<string> {
  const reference = `${uniqueName(name)}:1`
  const context = join(folder, name)
  await mkdir(context)
  await writeFile(
    join(context, 'Dockerfile'),
    `FROM ${imageReference('static')}\nCOPY Dockerfile /${name}\n`
  )
  await docker(['build', '--quiet', ...LABEL_ARGS, '--tag', reference, context])
  cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
  return reference
}

async function idOf(reference: string): Promise<string> {
  return (await docker(['inspect', '--format', '{{.Id}}', reference])).trim()
}

/** Names, sizes and contents; the time at which an archive was written is nobody's. */
async function contentOf(path: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const reader = extract()
  reader.end(await readFile(path))
  for await (const entry of reader) {
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    found[entry.header.name] = Buffer.concat(chunks).toString('base64')
  }
  return found
}

describe(`images as files: the line, run by the docker CLI ${cli.version}, does what the operation does`, () => {
  it('save', async () => {
    const [one, two] = [await buildImage('one'), await buildImage('two')]
    const [ours, theirs] = [join(folder, 'ours.tar'), join(folder, 'theirs.tar')]
    for (const references of [[one], [one, two], [await idOf(two)]]) {
      await saveImages(engine, references, ours, watched)
      await run(commands.save(theirs, references))
      expect(await contentOf(theirs)).toEqual(await contentOf(ours))
    }
  })

  it('load', async () => {
    const reference = await buildImage('one')
    const id = await idOf(reference)
    const local = join(folder, 'image.tar')
    await saveImages(engine, [reference], local, watched)
    await docker(['rmi', reference])
    await run(commands.load(local))
    expect(await idOf(reference)).toBe(id)
    await docker(['rmi', reference])
    expect((await loadImages(engine, local, watched)).images).toEqual([reference])
    expect(await idOf(reference)).toBe(id)
  })

  it.each([
    ['import', { changes: [] }],
    [
      'import with settings and a note',
      {
        changes: ['CMD ["echo", "it\'s $HOME"]', 'ENV A="b c"', 'EXPOSE 80', 'WORKDIR /srv'],
        message: "from somebody's disk"
      }
    ]
  ])('%s', async (_title, options) => {
    const { id } = await runContainer(cleanup, { image: imageReference('static') })
    const local = join(folder, 'root.tar')
    await exportContainer(engine, id, local, watched)
    const [ours, theirs] = [`${uniqueName('ours')}:1`, `${uniqueName('theirs')}:1`]
    for (const reference of [ours, theirs])
      cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
    await importFileSystem(engine, local, { ...options, reference: ours }, watched)
    await run(commands.import(local, { ...options, reference: theirs }))
    expect(await imageOf(theirs)).toEqual(await imageOf(ours))
  })

  it('export', async () => {
    const { id, name } = await runContainer(cleanup, { image: imageReference('busybox') })
    const [ours, theirs] = [join(folder, 'ours.tar'), join(folder, 'theirs.tar')]
    await exportContainer(engine, id, ours, watched)
    await run(commands.export(theirs, name))
    expect(await contentOf(theirs)).toEqual(await contentOf(ours))
  })
})

describe('a clean-up', () => {
  it('rmi of several, by tag and by id', async () => {
    const made: string[] = []
    for (const name of ['a', 'b', 'c', 'd']) made.push(await buildImage(name))
    const [a = '', b = '', c = '', d = ''] = made
    const [second, fourth] = [await idOf(b), await idOf(d)]
    const removal = await removeImages(engine, [a, second], false)
    expect(removal.failed).toEqual([])
    await run(cleanupCommands.removeImages([c, fourth], false))
    for (const reference of made) await expect(idOf(reference)).rejects.toThrow()
  })

  it('rmi --force takes what is used, and rmi without leaves it, for both', async () => {
    const [ours, theirs] = [await buildImage('ours'), await buildImage('theirs')]
    for (const image of [ours, theirs]) {
      const { name } = await runContainer(cleanup, { image })
      await docker(['kill', name])
    }
    expect((await removeImages(engine, [ours], false)).failed).toHaveLength(1)
    const line = formatCommand(cleanupCommands.removeImages([theirs], false))
    expect((await runLine(line, { cli })).exitCode).not.toBe(0)
    expect((await removeImages(engine, [ours], true)).failed).toEqual([])
    await run(cleanupCommands.removeImages([theirs], true))
    for (const reference of [ours, theirs]) await expect(idOf(reference)).rejects.toThrow()
  })
})

async function imageOf(reference: string): Promise<unknown> {
  const [found] = JSON.parse(await docker(['inspect', reference])) as [Record<string, unknown>]
  const { Id: id, ...rest } = found
  return normalise(rest, { names: { [String(id)]: '<id>', [reference]: '<name>' } })
}
