import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { createContainer, describeContainer, prepareCreate } from '../../src/main/run/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { runCommand } from '../../src/shared/run/format'
import type { RunSpec } from '../../src/shared/run/model'
import { parseRunLine } from '../../src/shared/run/parse'
import {
  createCleanup,
  createNetwork,
  imageReference,
  runContainer,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, normalise, runLineWell } from './command-line'
import { FLAG_LINES } from './run-lines'

const cli = cliOnPath()
/** What the shell's environment has besides: for `--env NAME`. */
const ENVIRONMENT = { FROM_OUTSIDE: 'its value' }

const whole = createCleanup()
const cleanup = createCleanup()
afterEach(() => cleanup.run())
afterAll(() => whole.run())

let engine: Engine
let network = ''
let other = ''
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
  network = uniqueName('net')
  await createNetwork(whole, network, ['--subnet', '10.91.0.0/24'])
  const args = ['-v', '/shared']
  const command = ['sleep', '1000']
  other = (await runContainer(whole, { image: imageReference('busybox'), args, command })).name
})

/** A line of the matrix with this run's names and image in it. */
function lineOf(verb: string, line: string, name: string): string {
  const words = line.replaceAll('NETWORK', network).replaceAll('OTHER', other)
  const [flags = '', command = ''] = ` ${words}`.split(' -- ')
  const label = `--label ${TEST_LABEL}=1`
  return `docker ${verb} --name ${name} ${label}${flags} ${imageReference('busybox')} ${command}`
}

async function byCli(line: string): Promise<string> {
  const name = uniqueName('cli')
  await runLineWell(lineOf('create', line, name), { cli, env: ENVIRONMENT })
  return removedAfterwards(name)
}

async function byUs(spec: RunSpec): Promise<string> {
  const named = { ...spec, name: uniqueName('ours') }
  await createContainer(engine, named, await prepareCreate(engine, named, ENVIRONMENT))
  return removedAfterwards(named.name)
}

function removedAfterwards(name: string): string {
  cleanup.add(() => engine.docker.getContainer(name).remove({ force: true, v: true }))
  return name
}

/** What makes a container the one it is, without what is drawn for each. */
async function seen(name: string): Promise<unknown> {
  const {
    GraphDriver: _,
    Mounts,
    Config,
    HostConfig,
    ...rest
  } = await engine.docker.getContainer(name).inspect()
  const names = { [name]: 'NAME', [rest.Id]: 'ID', [rest.Id.slice(0, 12)]: 'SHORT' }
  const mounts = Mounts.map((mount) =>
    /^[a-f0-9]{64}$/.test(mount.Name ?? '') ? { ...mount, Name: 'ANONYMOUS', Source: '' } : mount
  ).toSorted((a, b) => (a.Destination < b.Destination ? -1 : 1))
  return normalise(
    {
      ...rest,
      // The CLI keeps both in maps, so that they come in any order.
      Config: { ...Config, Env: Config.Env.toSorted() },
      HostConfig: { ...HostConfig, Binds: (HostConfig.Binds ?? []).toSorted() },
      Mounts: mounts
    },
    { names }
  )
}

describe('a container of a line', () => {
  it.each(FLAG_LINES)('%s', async (line) => {
    const { spec, problems } = parseRunLine(lineOf('run', line, 'x'))
    expect(problems).toEqual([])
    const theirs = await byCli(line)
    const expected = await seen(theirs)
    expect(await seen(await byUs(spec))).toEqual(expected)

    // Made again from what the engine tells of it.
    const { Id } = await engine.docker.getContainer(theirs).inspect()
    const described = await describeContainer(engine, Id)
    expect(parseRunLine(runCommand(described)).spec).toEqual(described)
    expect(await seen(await byUs(described))).toEqual(expected)
  })
})
