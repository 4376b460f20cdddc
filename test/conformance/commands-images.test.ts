import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { removeImage } from '../../src/main/images/operations'
import { formatCommand } from '../../src/shared/command/quote'
import { parseAddress } from '../../src/shared/engines/address'
import { imageCommands } from '../../src/shared/images/command'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, runLine } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

interface Made {
  readonly id: string
  readonly tags: readonly string[]
}

/** An image that shares its layers with another and has an id of its own. */
async function image(tagCount: number): Promise<Made> {
  const source = uniqueName('source')
  await docker(['create', '--name', source, ...LABEL_ARGS, imageReference('static')])
  const label = `LABEL io.portolan.one=${source}`
  const id = (await docker(['commit', '--change', label, source])).trim()
  cleanup.add(() => docker(['rmi', '--force', id]).catch(ignoreMissing))
  await docker(['rm', '--volumes', source])
  // Registries, folders, ports and case as references have them.
  const repositories = ['a/b_c.d-e', 'localhost:5000/x/y', 'registry.example.com:5000/z']
  const tags = repositories.slice(0, tagCount).map((name) => `${name}:${uniqueName('V1.0_x-')}`)
  for (const tag of tags) await docker(['tag', id, tag])
  return { id, tags }
}

function ignoreMissing(failure: unknown): void {
  if (!/no such image/i.test(String(failure))) throw failure
}

/** What is left of an image: its number of tags, or nothing. */
async function left({ id }: Made): Promise<number | undefined> {
  try {
    const tags = await docker(['image', 'inspect', '--format', '{{json .RepoTags}}', id])
    return (JSON.parse(tags) as string[]).length
  } catch (failure) {
    ignoreMissing(failure)
    return undefined
  }
}

interface Case {
  readonly title: string
  readonly tagCount: number
  readonly reference: (image: Made) => string
  readonly force?: boolean
  /** A container made from it, in this state. */
  readonly usedBy?: 'created' | 'running'
  readonly left: number | undefined
}

const byTag = ({ tags }: Made): string => tags[0] ?? ''
const byId = ({ id }: Made): string => id

const cases: readonly Case[] = [
  { title: 'a tag of several', tagCount: 3, reference: byTag, left: 2 },
  { title: 'the only tag', tagCount: 1, reference: byTag, left: undefined },
  { title: 'the id, without a tag', tagCount: 0, reference: byId, left: undefined },
  { title: 'the id, with one tag', tagCount: 1, reference: byId, left: undefined },
  { title: 'the id, with several tags', tagCount: 2, reference: byId, left: 2 },
  {
    title: 'the id, with several tags, by force',
    tagCount: 2,
    reference: byId,
    force: true,
    left: undefined
  },
  {
    title: 'the only tag of a used one',
    tagCount: 1,
    reference: byTag,
    usedBy: 'created',
    left: 1
  },
  {
    title: 'the only tag of a used one, by force',
    tagCount: 1,
    reference: byTag,
    force: true,
    usedBy: 'created',
    left: undefined
  },
  {
    title: 'the only tag of a running one, by force',
    tagCount: 1,
    reference: byTag,
    force: true,
    usedBy: 'running',
    left: 0
  },
  {
    title: 'the id of a running one, by force',
    tagCount: 1,
    reference: byId,
    force: true,
    usedBy: 'running',
    left: 1
  },
  { title: 'one that is not there', tagCount: 0, reference: () => 'no/such:image', left: 0 }
]

describe(`the command line of an image’s removal, run by the docker CLI ${cli.version}, does what the operation does`, () => {
  it.each(cases.map((it) => [it.title, it] as const))('by %s', async (_title, wanted) => {
    const { force = false } = wanted
    const [ours, theirs] = await Promise.all([image(wanted.tagCount), image(wanted.tagCount)])
    for (const { id } of [ours, theirs]) await use(id, wanted.usedBy)
    const failure = await removeImage(engine, wanted.reference(ours), force).then(
      () => undefined,
      (error: unknown) => error
    )
    const line = formatCommand(imageCommands.remove(wanted.reference(theirs), force))
    const { exitCode, stderr } = await runLine(line, { cli })
    expect(exitCode === 0, stderr).toBe(failure === undefined)
    expect(await left(ours)).toBe(wanted.left)
    expect(await left(theirs)).toBe(wanted.left)
  })
})

async function use(id: string, usedBy: Case['usedBy']): Promise<void> {
  if (usedBy === undefined) return
  const name = uniqueName('user')
  cleanup.add(() => docker(['rm', '--force', '--volumes', name]))
  await docker(['create', '--name', name, ...LABEL_ARGS, id])
  if (usedBy === 'running') await docker(['start', name])
}
