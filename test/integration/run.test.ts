import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { createContainer, describeContainer, prepareCreate } from '../../src/main/run/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { parseRunLine } from '../../src/shared/run/parse'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** Creates what a line's flags say, by the operations that the window calls. */
async function create(
  flags: string,
  name = uniqueName('run'),
  environment: Record<string, string> = {},
  image = imageReference('busybox')
) {
  const line = `docker run --name ${name} --label ${TEST_LABEL}=1 ${flags} ${image}`
  const { spec, problems } = parseRunLine(line)
  expect(problems).toEqual([])
  const made = await createContainer(engine, spec, await prepareCreate(engine, spec, environment))
  cleanup.add(() => docker(['rm', '--force', '--volumes', made.containerId]))
  return made
}

async function inspect(id: string) {
  return engine.docker.getContainer(id).inspect()
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'run-'))
  cleanup.add(() => rm(path, { recursive: true, force: true }))
  return path
}

async function names(prefix: string): Promise<string> {
  return (await docker(['ps', '--all', '--quiet', '--filter', `name=${prefix}`])).trim()
}

describe('creating a container of a spec', () => {
  it('answers its id and name, and does not start it', async () => {
    const { containerId, name, warnings } = await create('-m 32m', 'run-named')
    const { State, HostConfig } = await inspect(containerId)
    expect([name, State.Status, HostConfig.Memory, warnings]).toEqual([
      'run-named',
      'created',
      32 * 2 ** 20,
      []
    ])
  })

  it('connects it to all its networks, with aliases and addresses', async () => {
    const [one, two] = [uniqueName('one'), uniqueName('two')]
    await createNetwork(cleanup, one)
    await createNetwork(cleanup, two, ['--subnet', '10.92.0.0/24'])
    const flags = `--network ${one} --network-alias a --network name=${two},alias=b,ip=10.92.0.9`
    const { containerId } = await create(flags)
    const { Networks } = (await inspect(containerId)).NetworkSettings
    expect(Object.keys(Networks).toSorted()).toEqual([one, two].toSorted())
    expect(Networks[one]?.Aliases).toContain('a')
    expect(Networks[two]?.Aliases).toContain('b')
    expect(Networks[two]?.IPAMConfig?.IPv4Address).toBe('10.92.0.9')

    const { networks, networkAliases } = await describeContainer(engine, containerId)
    expect([networks, networkAliases]).toEqual([
      [
        { name: one, aliases: ['a'] },
        { name: two, aliases: ['b'], ip: '10.92.0.9' }
      ],
      undefined
    ])
  })

  it('leaves no container that could not be connected, and no volume goes', async () => {
    const [one, name, volume] = [uniqueName('one'), uniqueName('half'), uniqueName('kept')]
    await createNetwork(cleanup, one)
    cleanup.add(() => docker(['volume', 'rm', volume]))
    const networks = [{ name: one }, { name: 'host' }]
    const volumes = [{ source: volume, target: '/data' }]
    const spec = { image: imageReference('busybox'), name, networks, volumes }
    const request = await prepareCreate(engine, spec, {})
    await expect(createContainer(engine, spec, request)).rejects.toThrow(/host/)
    expect(await names(name)).toBe('')
    expect((await docker(['volume', 'ls', '--quiet', '--filter', `name=${volume}`])).trim()).toBe(
      volume
    )
  })

  it('says conflict for a name in use, and what to do', async () => {
    const { name } = await create('')
    await expect(create('', name)).rejects.toMatchObject({
      code: 'conflict',
      data: { message: `The name “${name}” is in use.`, hint: expect.any(String) as string }
    })
  })

  it('says not-found of the image that is missing', async () => {
    await expect(create('', uniqueName('run'), {}, 'portolan-test/nowhere')).rejects.toMatchObject({
      code: 'not-found',
      data: { subject: { kind: 'image', name: 'portolan-test/nowhere' } }
    })
  })

  it('refuses the missing source of a --mount, and makes and mentions that of a -v', async () => {
    const missing = join(await folder(), 'missing')
    const mount = `--mount type=bind,src=${missing},dst=/x`
    await expect(create(mount)).rejects.toMatchObject({ code: 'not-found' })
    const { warnings } = await create(`-v ${missing}:/x`)
    expect(warnings).toEqual([expect.stringContaining(missing)])
  })

  it.each([
    ['--annotation a=b', /requires API version 1\.43/],
    ['-v ./data:/data', /does not say where it begins/],
    ['--env-file /nowhere/env', /There is no file/]
  ])('refuses %s', async (flags, message) => {
    await expect(create(flags)).rejects.toThrow(message)
  })

  it('reads files of variables and labels as the docker CLI does', async () => {
    const path = await folder()
    await writeFile(join(path, 'env'), '\uFEFF# no\n\n  A="x y" \nFROM_OUTSIDE\nNOT_SET\nB=1\r\n')
    await writeFile(join(path, 'labels'), 'from.file=1\nover=file\n')
    const flags = `--env-file ${path}/env -e B=2 --label-file ${path}/labels --label over=flag`
    const { containerId } = await create(flags, uniqueName('run'), { FROM_OUTSIDE: 'its value' })
    const { Config } = await inspect(containerId)
    expect(Config.Env).toEqual(
      expect.arrayContaining(['A="x y" ', 'FROM_OUTSIDE=its value', 'B=2'])
    )
    expect(Config.Env.some((line) => line.startsWith('NOT_SET'))).toBe(false)
    expect(Config.Labels).toMatchObject({ 'from.file': '1', over: 'flag' })
  })

  it.each([
    ['A B=1', /contains whitespaces/],
    ['=1', /no variable name/]
  ])('says what is wrong in a file of variables: %j', async (text, message) => {
    const path = join(await folder(), 'env')
    await writeFile(path, text)
    await expect(create(`--env-file ${path}`)).rejects.toThrow(message)
  })
})

describe('describing a container', () => {
  it('names its anonymous volumes where their data is to be kept', async () => {
    const { containerId } = await create('-v /data --mount type=volume,dst=/more')
    const { Mounts } = await inspect(containerId)
    const nameAt = (target: string) => Mounts.find((each) => each.Destination === target)?.Name
    const anew = await describeContainer(engine, containerId)
    expect([anew.volumes, anew.mounts]).toEqual([
      [{ target: '/data' }],
      [{ type: 'volume', target: '/more' }]
    ])
    const kept = await describeContainer(engine, containerId, { anonymousVolumes: 'keep' })
    expect([kept.volumes, kept.mounts]).toEqual([
      [{ source: nameAt('/data'), target: '/data' }],
      [{ type: 'volume', source: nameAt('/more'), target: '/more' }]
    ])
  })
})
