import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { RecreateJournal } from '../../src/main/recreate/journal'
import { recreateContainer } from '../../src/main/recreate/operations'
import { describeContainer, prepareCreate } from '../../src/main/run/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { recreateCommand } from '../../src/shared/recreate/command'
import type { RecreateEvent } from '../../src/shared/recreate/model'
import type { RunSpec } from '../../src/shared/run/model'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, normalise, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** A container as the CLI makes it, with two networks and two volumes, and what it is to become. */
async function prepared(networks: readonly [string, string]) {
  const named = uniqueName('volume')
  const { id, name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: [
      '--init',
      '--volume',
      `${named}:/named`,
      '--volume',
      '/anonymous',
      '--network',
      networks[0]
    ],
    command: ['sleep', '100000']
  })
  await docker(['network', 'connect', '--alias', 'harbour', networks[1], name])
  await docker(['exec', name, 'sh', '-c', 'echo kept > /anonymous/file'])
  const format = '{{range .Mounts}}{{if eq .Destination "/anonymous"}}{{.Name}}{{end}}{{end}}'
  const anonymous = (await docker(['inspect', '--format', format, id])).trim()
  cleanup.add(async () => {
    await docker(['rm', '--force', name])
    await docker(['volume', 'rm', named, anonymous])
  })
  const before = await describeContainer(engine, id)
  const spec: RunSpec = { ...before, env: [...(before.env ?? []), { name: 'ADDED', value: 'a b' }] }
  return { id, name, named, anonymous, spec }
}

interface Found {
  readonly Id: string
  readonly Config: object
  readonly Mounts: { readonly Destination: string }[]
}

/** The container by its name, without what is drawn by chance. */
async function inspected({ name, named, anonymous }: Awaited<ReturnType<typeof prepared>>) {
  const [found] = JSON.parse(await docker(['inspect', name])) as [Found]
  // The engine lists mounts in any order. `docker create` notes that it would attach, which says nothing of how the container runs.
  found.Mounts.sort((a, b) => a.Destination.localeCompare(b.Destination))
  const unattached = { AttachStdout: false, AttachStderr: false }
  return normalise(
    { ...found, Config: { ...found.Config, ...unattached } },
    {
      names: {
        [found.Id]: '<id>',
        [found.Id.slice(0, 12)]: '<short>',
        [name]: '<name>',
        [named]: '<named>',
        [anonymous]: '<anonymous>'
      }
    }
  )
}

it('the commands of a recreation make the container that we make', async () => {
  const networks = [uniqueName('net'), uniqueName('net')] as const
  for (const network of networks) await createNetwork(cleanup, network)
  const folder = await mkdtemp(join(tmpdir(), 'recreate-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  const [ours, theirs] = [await prepared(networks), await prepared(networks)]
  const request = await prepareCreate(engine, ours.spec, {})
  await recreateContainer(
    engine,
    {
      oldId: ours.id,
      createBody: request.body,
      networks: request.connect,
      signal: new AbortController().signal,
      onEvent: (_event: RecreateEvent) => undefined
    },
    new RecreateJournal(folder)
  )
  const line = recreateCommand({
    name: theirs.name,
    spec: theirs.spec,
    connect: (await prepareCreate(engine, theirs.spec, {})).connect,
    carried: [{ volume: theirs.anonymous, place: '/anonymous', readOnly: false }],
    wasRunning: true
  })
  expect(line.split('\n').length).toBeGreaterThan(4)
  await runLineWell(line, { cli })
  expect(await inspected(theirs)).toEqual(await inspected(ours))
  for (const { name } of [ours, theirs]) {
    const script = 'cat /anonymous/file; echo $ADDED'
    expect(await docker(['exec', name, 'sh', '-c', script])).toBe('kept\na b\n')
    const format =
      '{{range $name, $net := .NetworkSettings.Networks}}{{$name}} {{$net.Aliases}}{{"\\n"}}{{end}}'
    const connected = await docker(['inspect', '--format', format, name])
    for (const network of networks) expect(connected).toContain(network)
    expect(connected).toContain('harbour')
  }
})
