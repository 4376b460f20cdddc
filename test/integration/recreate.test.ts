import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContainerCreateOptions } from 'dockerode'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { RecreateJournal, type JournalEntry } from '../../src/main/recreate/journal'
import { recreateContainer, type FurtherNetwork } from '../../src/main/recreate/operations'
import { repairRecreations } from '../../src/main/recreate/repair'
import { parseAddress } from '../../src/shared/engines/address'
import {
  RECREATE_STEPS,
  type RecreateEvent,
  type RecreateResult,
  type RecreateStep
} from '../../src/shared/recreate/model'
import { killEngine, startEngine } from '../engine/control.mjs'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
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

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recreate-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
})

interface Old {
  readonly id: string
  readonly name: string
  /** Its named volume, and its anonymous one. */
  readonly volumes: readonly [named: string, anonymous: string]
}

/** A running container with a file in a named and in an anonymous volume. */
async function oldContainer(
  args: readonly string[] = [],
  image = imageReference('busybox')
): Promise<Old> {
  const named = uniqueName('volume')
  const { id, name } = await runContainer(cleanup, {
    image,
    args: ['--init', '--volume', `${named}:/named`, '--volume', '/anonymous', ...args],
    command: ['sleep', '100000']
  })
  await docker(['exec', id, 'sh', '-c', 'echo kept > /named/file; echo kept > /anonymous/file'])
  const format = '{{range .Mounts}}{{if eq .Destination "/anonymous"}}{{.Name}}{{end}}{{end}}'
  const anonymous = (await docker(['inspect', '--format', format, id])).trim()
  cleanup.add(async () => {
    for (const each of await namesLike(name)) await docker(['rm', '--force', each])
    await docker(['volume', 'rm', named, anonymous])
  })
  return { id, name, volumes: [named, anonymous] }
}

/** What the new container is: the same with another variable. */
function body(old: Old, more: Partial<ContainerCreateOptions> = {}): ContainerCreateOptions {
  return {
    Image: imageReference('busybox'),
    Cmd: ['sleep', '100000'],
    Env: ['CHANGED=yes'],
    Labels: { [TEST_LABEL]: '1' },
    Volumes: { '/anonymous': {} },
    ...more,
    HostConfig: { Init: true, Binds: [`${old.volumes[0]}:/named`], ...more.HostConfig }
  }
}

function recreate(
  old: Old,
  options: {
    readonly createBody?: ContainerCreateOptions
    readonly networks?: readonly FurtherNetwork[]
    readonly name?: string
    readonly newImage?: boolean
    readonly journal?: RecreateJournal
    readonly signal?: AbortSignal
    readonly onEvent?: (event: RecreateEvent) => void
  } = {}
): Promise<RecreateResult> {
  return recreateContainer(
    engine,
    {
      oldId: old.id,
      createBody: options.createBody ?? body(old),
      networks: options.networks ?? [],
      name: options.name,
      newImage: options.newImage,
      signal: options.signal ?? new AbortController().signal,
      onEvent: options.onEvent ?? (() => undefined)
    },
    options.journal ?? new RecreateJournal(folder)
  )
}

/** Names of all containers that begin so. */
async function namesLike(name: string): Promise<string[]> {
  const format = ['--format', '{{.Names}}']
  return (await docker(['ps', '--all', '--filter', `name=${name}`, ...format]))
    .split('\n')
    .filter(Boolean)
}

async function inspect<T>(name: string, format: string): Promise<T> {
  return JSON.parse(await docker(['inspect', '--format', `{{json ${format}}}`, name])) as T
}

/** One container of that name and nothing beside it; it runs, and the files of both volumes are there. */
async function expectWhole(old: Old, name = old.name): Promise<void> {
  expect(await namesLike(old.name)).toEqual([name])
  expect(await inspect(name, '.State.Running')).toBe(true)
  const files = await docker(['exec', name, 'cat', '/named/file', '/anonymous/file'])
  expect(files).toBe('kept\nkept\n')
  for (const volume of old.volumes)
    expect(await docker(['volume', 'inspect', '--format', '{{.Name}}', volume])).toBe(`${volume}\n`)
}

async function expectOldBack(old: Old): Promise<void> {
  await expectWhole(old)
  expect(await inspect(old.name, '.Id')).toBe(old.id)
  expect(new RecreateJournal(folder).entries()).toEqual([])
}

describe('recreating a container', () => {
  it('keeps its name, its volumes with what is in them, and tells each step', async () => {
    const old = await oldContainer()
    const events: RecreateEvent[] = []
    const result = await recreate(old, { onEvent: (event) => events.push(event) })
    await expectWhole(old)
    expect(await inspect(old.name, '.Id')).toBe(result.containerId)
    expect(await docker(['exec', old.name, 'sh', '-c', 'echo $CHANGED'])).toBe('yes\n')
    expect(events[0]).toMatchObject({
      kind: 'planned',
      carried: [{ volume: old.volumes[1], place: '/anonymous', readOnly: false }],
      leftVolumes: [],
      joinedBy: []
    })
    expect(events.flatMap((event) => (event.kind === 'step' ? event.step : []))).toEqual(
      RECREATE_STEPS.filter((step) => step !== 'connect')
    )
    expect(new RecreateJournal(folder).entries()).toEqual([])
  })

  it('connects every network with aliases and the fixed address that the old one held', async () => {
    const [first, second] = [uniqueName('net'), uniqueName('net')]
    await createNetwork(cleanup, first, ['--subnet', '10.213.7.0/24'])
    await createNetwork(cleanup, second)
    const old = await oldContainer([
      '--network',
      first,
      '--ip',
      '10.213.7.77',
      '--publish',
      '127.0.0.1:18099:80'
    ])
    await docker(['network', 'connect', '--alias', 'harbour', second, old.name])
    await recreate(old, {
      createBody: body(old, {
        ExposedPorts: { '80/tcp': {} },
        HostConfig: {
          NetworkMode: first,
          Binds: [`${old.volumes[0]}:/named`],
          PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18099' }] }
        },
        NetworkingConfig: {
          EndpointsConfig: { [first]: { IPAMConfig: { IPv4Address: '10.213.7.77' } } }
        }
      }),
      networks: [{ network: second, settings: { Aliases: ['harbour'] } }]
    })
    await expectWhole(old)
    const networks = await inspect<Record<string, { IPAddress: string; Aliases: string[] }>>(
      old.name,
      '.NetworkSettings.Networks'
    )
    expect(Object.keys(networks).toSorted()).toEqual([first, second].toSorted())
    expect(networks[first]?.IPAddress).toBe('10.213.7.77')
    expect(networks[second]?.Aliases).toContain('harbour')
  })

  it('gives it another name when asked to', async () => {
    const old = await oldContainer()
    await recreate(old, { name: `${old.name}-two` })
    await expectWhole(old, `${old.name}-two`)
  })

  it('leaves one that was stopped stopped', async () => {
    const old = await oldContainer()
    await docker(['stop', old.name])
    const { containerId } = await recreate(old)
    expect(await namesLike(old.name)).toEqual([old.name])
    expect(await inspect(old.name, '.State.Status')).toBe('created')
    expect(await inspect(old.name, '.Id')).toBe(containerId)
  })

  it('says which volumes are mounted no longer, and keeps them', async () => {
    const old = await oldContainer()
    const { leftVolumes } = await recreate(old, {
      createBody: { ...body(old), HostConfig: { Init: true, Binds: [] } }
    })
    expect(leftVolumes).toEqual([old.volumes[0]])
    expect(await docker(['volume', 'inspect', '--format', '{{.Name}}', old.volumes[0]])).toBe(
      `${old.volumes[0]}\n`
    )
  })

  it('names the containers that live in its network', async () => {
    const old = await oldContainer()
    const { name } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--init', '--network', `container:${old.name}`],
      command: ['sleep', '100000']
    })
    expect((await recreate(old)).joinedBy).toEqual([name])
  })
})

describe('an image whose name has moved on', () => {
  /** A container of a tag, which then means another image. Answers the ids of both images. */
  async function moved(): Promise<{ old: Old; tag: string; ranId: string; nowId: string }> {
    const tag = `portolan-test/${uniqueName('moving')}:latest`
    await docker(['tag', imageReference('busybox'), tag])
    cleanup.add(() => docker(['rmi', '--force', tag]))
    const old = await oldContainer([], tag)
    await docker(['tag', imageReference('noPing'), tag])
    const ranId = await inspect<string>(old.name, '.Image')
    const nowId = (await docker(['image', 'inspect', '--format', '{{.Id}}', tag])).trim()
    expect(nowId).not.toBe(ranId)
    return { old, tag, ranId, nowId }
  }

  it('is not taken unasked: the container stays on the one that it runs', async () => {
    const { old, tag, ranId } = await moved()
    const events: RecreateEvent[] = []
    await recreate(old, {
      createBody: { ...body(old), Image: tag },
      onEvent: (event) => events.push(event)
    })
    await expectWhole(old)
    expect(await inspect(old.name, '.Image')).toBe(ranId)
    expect(events[0]).toMatchObject({ kind: 'planned', keptImageId: ranId })
  })

  it('is kept as well where its name means nothing any more', async () => {
    const { old, tag, ranId } = await moved()
    await docker(['rmi', tag])
    await recreate(old, { createBody: { ...body(old), Image: tag } })
    await expectWhole(old)
    expect(await inspect(old.name, '.Image')).toBe(ranId)
  })

  it('is taken when asked for', async () => {
    const { old, tag, nowId } = await moved()
    const events: RecreateEvent[] = []
    await recreate(old, {
      createBody: { ...body(old), Image: tag },
      newImage: true,
      onEvent: (event) => events.push(event)
    })
    await expectWhole(old)
    expect(await inspect(old.name, '.Image')).toBe(nowId)
    expect(await inspect(old.name, '.Config.Image')).toBe(tag)
    expect(events[0]).not.toHaveProperty('keptImageId')
  })
})

describe('a recreation that fails puts the old container back', () => {
  it('and says which anonymous volumes the new one leaves', async () => {
    const old = await oldContainer()
    const events: RecreateEvent[] = []
    const createBody = body(old, {
      Cmd: ['sh', '-c', 'exit 3'],
      Volumes: { '/anonymous': {}, '/fresh': {} }
    })
    await expect(
      recreate(old, { createBody, onEvent: (event) => events.push(event) })
    ).rejects.toMatchObject({ code: 'process-exit' })
    await expectOldBack(old)
    const last = events.at(-1)
    const made = last?.kind === 'rolled-back' ? last.madeVolumes : []
    cleanup.add(() => docker(['volume', 'rm', ...made]))
    // Neither the one that was carried over nor the named one is the new one's own.
    expect(made).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
    expect(old.volumes).not.toContain(made[0])
    await docker(['volume', 'inspect', ...made])
  })

  it('when a port is taken', async () => {
    const old = await oldContainer()
    await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--init', '--publish', '127.0.0.1:18098:80'],
      command: ['sleep', '100000']
    })
    const events: RecreateEvent[] = []
    const createBody = body(old, {
      ExposedPorts: { '80/tcp': {} },
      HostConfig: {
        Binds: [`${old.volumes[0]}:/named`],
        PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18098' }] }
      }
    })
    await expect(
      recreate(old, { createBody, onEvent: (event) => events.push(event) })
    ).rejects.toMatchObject({
      data: {
        engineMessage: expect.stringContaining('port is already allocated'),
        message: expect.stringMatching(/^Port 18098 is taken by /),
        hint: expect.stringContaining(`The old ${old.name} is back, and runs.`)
      }
    })
    expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['rolling-back', 'rolled-back'])
    await expectOldBack(old)
  })

  it('when the new one is unhealthy, with the words of the check', async () => {
    const old = await oldContainer()
    const createBody: ContainerCreateOptions = {
      ...body(old),
      Healthcheck: { Test: ['CMD-SHELL', 'echo sick; exit 1'], Interval: 1e8, Retries: 1 }
    }
    await expect(recreate(old, { createBody })).rejects.toMatchObject({
      code: 'conflict',
      data: { engineMessage: 'sick' }
    })
    await expectOldBack(old)
  })

  it('when the new one ends at once, with its last words', async () => {
    const old = await oldContainer()
    const createBody = { ...body(old), Cmd: ['sh', '-c', 'echo no such file >&2; exit 7'] }
    await expect(recreate(old, { createBody })).rejects.toMatchObject({
      code: 'process-exit',
      data: { exitCode: 7, engineMessage: 'no such file' }
    })
    await expectOldBack(old)
  })

  it('when it is cancelled in the middle', async () => {
    const old = await oldContainer()
    const abort = new AbortController()
    const cancelled = recreate(old, {
      signal: abort.signal,
      onEvent: (event) => event.kind === 'step' && event.step === 'wait' && abort.abort()
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    await expectOldBack(old)
  })

  it('and waits for a health check that passes', async () => {
    const old = await oldContainer()
    const createBody: ContainerCreateOptions = {
      ...body(old),
      Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 2e8, Retries: 1 }
    }
    const health: string[] = []
    const onEvent = (event: RecreateEvent): void => {
      if (event.kind === 'health') health.push(event.status)
    }
    await recreate(old, { createBody, onEvent })
    expect(health.at(-1)).toBe('healthy')
    await expectWhole(old)
  })

  it.each([
    ['an image that is not there', { Image: 'portolan-test/none:none' }, 'not-found'],
    ['a program that is not there', { Cmd: ['no-such-program'] }, /./]
  ] as const)('with %s', async (_title, more, code) => {
    const old = await oldContainer()
    await expect(
      recreate(old, { createBody: { ...body(old), ...more } as ContainerCreateOptions })
    ).rejects.toMatchObject({ code: expect.stringMatching(code) })
    await expectOldBack(old)
  })

  it('and refuses one made with --rm, untouched', async () => {
    const { id, name } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--init', '--rm'],
      command: ['sleep', '100000']
    })
    await expect(recreate({ id, name, volumes: ['unused', 'unused'] })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('--rm')
    })
    expect(await inspect(id, '.State.Running')).toBe(true)
  })
})

/** An app that dies at a step: right before or right after the step was written down. What it had begun never goes on. */
class DyingJournal extends RecreateJournal {
  readonly died: Promise<void>
  readonly #dies: (entry: JournalEntry) => 'before' | 'after' | undefined
  #die: () => void = () => undefined

  constructor(path: string, dies: (entry: JournalEntry) => 'before' | 'after' | undefined) {
    super(path)
    this.#dies = dies
    this.died = new Promise((resolve) => (this.#die = resolve))
  }

  override async note(entry: JournalEntry): Promise<void> {
    const when = this.#dies(entry)
    if (when !== 'before') await super.note(entry)
    if (when === undefined) return
    this.#die()
    await new Promise(() => undefined)
  }
}

describe('an app that dies in the middle of a recreation', () => {
  const network = uniqueName('net')
  const deaths = RECREATE_STEPS.flatMap((step) => [
    [step, 'before'] as const,
    [step, 'after'] as const
  ])

  async function dieAt(
    old: Old,
    dies: (entry: JournalEntry) => 'before' | 'after' | undefined
  ): Promise<void> {
    const journal = new DyingJournal(folder, dies)
    void recreate(old, { journal, networks: [{ network, settings: {} }] }).catch(() => undefined)
    await journal.died
  }

  /** As the next start of the app does. */
  async function repair(): Promise<string[]> {
    const repairs = await repairRecreations(engine, new RecreateJournal(folder), (_, work) =>
      work()
    )
    return repairs.map(({ outcome }) => outcome)
  }

  it.each(deaths)('at the step %s, %s it was written down', async (step, when) => {
    await createNetwork(cleanup, network)
    const old = await oldContainer()
    await dieAt(old, (entry) => (entry.step === step ? when : undefined))
    const outcomes = await repair()
    if (step === 'remove') expect(outcomes).toEqual(['finished'])
    if (step === 'create' && when === 'before') expect(outcomes).toEqual([])
    await expectWhole(old)
    expect(new RecreateJournal(folder).entries()).toEqual([])
    expect(await repair()).toEqual([])
  })

  it('after the new container was made and before its id was written down', async () => {
    await createNetwork(cleanup, network)
    const old = await oldContainer()
    await dieAt(old, ({ newId }) => (newId === undefined ? undefined : 'before'))
    expect(await namesLike(old.name)).toHaveLength(2)
    expect(await repair()).toEqual(['rolled-back'])
    await expectOldBack(old)
  })

  it('and whose old container somebody removed meanwhile keeps the new one', async () => {
    await createNetwork(cleanup, network)
    const old = await oldContainer()
    await dieAt(old, ({ step }) => (step === 'name' ? 'after' : undefined))
    await docker(['rm', old.id])
    expect(await repair()).toEqual(['finished'])
    await expectWhole(old)
  })

  it('and leaves alone what is another engine’s', async () => {
    const old = await oldContainer()
    const journal = new RecreateJournal(folder)
    await journal.note({
      id: 'other',
      engineId: 'another engine',
      name: old.name,
      newName: old.name,
      oldId: old.id,
      parkedName: 'parked',
      temporaryName: 'temporary',
      wasRunning: true,
      step: 'stop'
    })
    expect(await repair()).toEqual([])
    expect(new RecreateJournal(folder).entries()).toHaveLength(1)
  })
})

/** Its engine is killed when a step has been written down, before it is done. */
class KillingJournal extends RecreateJournal {
  readonly #step: RecreateStep
  #killed = false

  constructor(path: string, step: RecreateStep) {
    super(path)
    this.#step = step
  }

  override async note(entry: JournalEntry): Promise<void> {
    await super.note(entry)
    if (entry.step !== this.#step || this.#killed) return
    this.#killed = true
    await killEngine()
  }
}

describe.skipIf(!testEngine().ownEngine)('an engine that is killed in the middle', () => {
  it.each(['create', 'stop', 'name', 'start', 'wait', 'remove'] as const)(
    'at the step %s comes back to a container that is whole',
    async (step) => {
      const old = await oldContainer()
      const journal = new KillingJournal(folder, step)
      cleanup.add(() => startEngine())
      await expect(recreate(old, { journal })).rejects.toMatchObject({
        code: 'engine-unreachable',
        data: { hint: expect.stringContaining('when the engine is next connected') }
      })
      expect(journal.entries()).toHaveLength(1)
      await startEngine()
      // As every connect does.
      const again = await Engine.connect('test', parseAddress(testEngine().dockerHost))
      const [repair] = await repairRecreations(again, journal, (_, work) => work())
      expect(repair?.outcome).toBe(step === 'remove' ? 'finished' : 'rolled-back')
      await expectWhole(old)
      expect(new RecreateJournal(folder).entries()).toEqual([])
    },
    60_000
  )
})
