import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildImage } from '../../src/main/builds/operations'
import { StateStore } from '../../src/main/bridge/state-store'
import { EndpointSession } from '../../src/main/engine/endpoint-session'
import { connectNetwork } from '../../src/main/networks/operations'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker as runDocker,
  LABEL_ARGS,
  TEST_LABEL,
  testEngine,
  uniqueName,
  type EngineDescription
} from '../engine/context'
import { killEngine, startEngine } from '../engine/control.mjs'
import { startTestEngine } from '../engine/index.mjs'
import { ID, Watched } from './watched'
import { Wire } from './wire'

/** A first process that ends at once, with a code of its own, when it is told to. */
const STAY = ['sh', '-c', 'trap "exit 5" TERM; while :; do sleep 1000 & wait $!; done']

// Everything is compared with full listings, and the engine is killed: not in the engine that others use.
describe.skipIf(!testEngine().ownEngine)('the mirror of an engine of our own', () => {
  let engine: EngineDescription
  let stopEngine: () => Promise<void>
  const cleanup = createCleanup()
  const delays: string[] = []

  beforeAll(async () => {
    const started = await startTestEngine({ images: ['busybox', 'static'], registries: false })
    engine = started.engine
    stopEngine = started.stop
  })
  afterEach(() => cleanup.run())
  afterAll(async () => {
    await stopEngine()
    process.stdout.write(`From the CLI's return to the patch:\n${delays.join('\n')}\n`)
  })

  const docker = async (...args: readonly string[]): Promise<string> =>
    (await runDocker(args, { engine })).trim()

  function image(name: 'busybox' | 'static'): string {
    return engine.images[name]?.reference ?? ''
  }

  /** Mirrors the engine, or whatever listens at an address. */
  async function mirror(
    address = engine.dockerHost,
    onConnected?: () => Promise<void>
  ): Promise<Watched> {
    const store = new StateStore()
    const session = new EndpointSession({
      id: ID,
      name: '',
      address: parseAddress(address),
      isPrivate: false,
      sink: store,
      onEndpoint: (endpoint) => store.put('endpoints', endpoint),
      ...(onConnected && { onConnected })
    })
    cleanup.add(() => session.close())
    await session.connect()
    return new Watched(store, session)
  }

  async function create(...args: readonly string[]): Promise<string> {
    const id = await docker('create', ...LABEL_ARGS, ...args)
    cleanup.add(() => docker('rm', '--force', '--volumes', id).catch(ignoreMissing))
    return id
  }

  /** Does something by the CLI and waits until the store shows it; notes how long after the CLI's return that was. */
  async function see<T>(
    watched: Watched,
    title: string,
    act: () => Promise<T>,
    isSeen: (outcome: T) => boolean
  ): Promise<T> {
    let returnedMs: number | undefined
    let seenMs: number | undefined
    let outcome: { readonly value: T } | undefined
    const look = (): void => {
      if (outcome && seenMs === undefined && isSeen(outcome.value)) seenMs = performance.now()
    }
    const stop = watched.store.subscribe(look)
    try {
      outcome = { value: await act() }
      returnedMs = performance.now()
      look()
      const { value } = outcome
      await watched.until(title, () => isSeen(value))
      look()
    } finally {
      stop()
    }
    const delayMs = (seenMs ?? performance.now()) - returnedMs
    delays.push(`  ${title}: ${delayMs <= 1 ? 'already there' : `${Math.round(delayMs)} ms`}`)
    return outcome.value
  }

  /** The time of the container's last event of a kind, as the CLI tells it. */
  async function eventMs(id: string, event: string): Promise<number> {
    const now = String(Math.ceil(Date.now() / 1000) + 1)
    const filters = ['--filter', `container=${id}`, '--filter', `event=${event}`]
    const lines = await docker(
      'events',
      '--since',
      '1',
      '--until',
      now,
      ...filters,
      '--format',
      '{{json .}}'
    )
    const { timeNano } = JSON.parse(lines.split('\n').at(-1) ?? '') as { timeNano: number }
    return timeNano / 1e6
  }

  it('leaves nothing open', async () => {
    const wire = await Wire.open(engine)
    cleanup.add(() => wire.close())
    const before = resources()
    const watched = await mirror(wire.address)
    const id = await create(image('static'))
    await watched.until('created', () => watched.container(id) !== undefined)
    expect(wire.connections).toBeGreaterThan(0)
    watched.session.close()
    // Idle connections are kept for the next request, for five seconds at most.
    await wire.idle()
    expect(wire.connections).toBe(0)
    expect(resources()).toEqual(before)
    // Nothing is heard any more, and nothing connects again.
    const rows = watched.store.rows('containers')
    await docker('rm', id)
    expect(watched.store.rows('containers')).toEqual(rows)
    expect(wire.connections).toBe(0)
  })

  it('shows a container’s life as the CLI leads it', async () => {
    const watched = await mirror()
    const name = uniqueName('life')
    const id = await see(
      watched,
      'create',
      () => create('--name', name, '--publish', '80', image('busybox'), ...STAY),
      (made) => watched.container(made) !== undefined
    )
    expect(watched.container(id)).toMatchObject({ name, state: 'created', image: 'busybox:latest' })
    expect(watched.container(id)?.exitCode).toBeUndefined()
    await watched.equalsListing(engine)

    const state = (): string | undefined => watched.container(id)?.state
    await see(
      watched,
      'start',
      () => docker('start', id),
      () => state() === 'running'
    )
    const address = await docker('inspect', '--format', '{{.NetworkSettings.IPAddress}}', id)
    await watched.until(
      'address',
      () => watched.container(id)?.attachments[0]?.ipAddress === address
    )
    const port = (await docker('port', id, '80')).split('\n')[0]?.split(':').at(-1)
    expect(watched.container(id)?.ports[0]).toMatchObject({
      containerPort: 80,
      hostPort: Number(port)
    })
    expect(
      Math.abs((watched.container(id)?.sinceMs ?? 0) - (await eventMs(id, 'start')))
    ).toBeLessThan(1)
    await watched.equalsListing(engine)

    await see(
      watched,
      'pause',
      () => docker('pause', id),
      () => state() === 'paused'
    )
    expect(
      Math.abs((watched.container(id)?.sinceMs ?? 0) - (await eventMs(id, 'pause')))
    ).toBeLessThan(1)
    await see(
      watched,
      'unpause',
      () => docker('unpause', id),
      () => state() === 'running'
    )
    const renamed = uniqueName('renamed')
    await see(
      watched,
      'rename',
      () => docker('rename', id, renamed),
      () => watched.container(id)?.name === renamed
    )
    await docker('update', '--memory', '64m', '--memory-swap', '64m', id)
    await watched.equalsListing(engine)

    await see(
      watched,
      'stop',
      () => docker('stop', id),
      () => state() === 'exited'
    )
    expect(watched.container(id)).toMatchObject({ exitCode: 5, name: renamed })
    expect(watched.container(id)?.attachments[0]?.ipAddress).toBe('')
    expect(
      Math.abs((watched.container(id)?.sinceMs ?? 0) - (await eventMs(id, 'die')))
    ).toBeLessThan(1)
    await watched.equalsListing(engine)

    await see(
      watched,
      'restart',
      () => docker('restart', id),
      () => state() === 'running'
    )
    await see(
      watched,
      'kill',
      () => docker('kill', id),
      () => state() === 'exited'
    )
    expect(watched.container(id)?.exitCode).toBe(137)
    await see(
      watched,
      'rm',
      () => docker('rm', id),
      () => watched.container(id) === undefined
    )
    await watched.equalsListing(engine)
  })

  it('shows a container that ends by itself, and one that the engine restarts', async () => {
    const watched = await mirror()
    const ending = await create(image('busybox'), 'sh', '-c', 'exit 42')
    await docker('start', ending)
    await watched.until('exit', () => watched.container(ending)?.exitCode === 42)
    const looping = await create(
      '--restart',
      'on-failure:2',
      image('busybox'),
      'sh',
      '-c',
      'exit 3'
    )
    await docker('start', looping)
    await docker('wait', looping)
    await watched.until('the last exit', () => watched.container(looping)?.state === 'exited')
    await watched.equalsListing(engine)
    expect(watched.container(looping)?.exitCode).toBe(3)
  })

  it('shows health', async () => {
    const watched = await mirror()
    const health = [
      '--health-cmd',
      'test ! -e /sick',
      '--health-interval',
      '300ms',
      '--health-retries',
      '1'
    ]
    const id = await create(...health, image('busybox'), ...STAY)
    await docker('start', id)
    await watched.until('healthy', () => watched.container(id)?.health === 'healthy')
    await see(
      watched,
      'unhealthy (with up to 300 ms until the engine looks)',
      () => docker('exec', id, 'touch', '/sick'),
      () => watched.container(id)?.health === 'unhealthy'
    )
    await watched.equalsListing(engine)
  })

  it('shows networks and who is on them', async () => {
    const watched = await mirror()
    const name = uniqueName('net')
    const isThere = (id: string): boolean =>
      watched.store.get('networks', `${ID}/${id}`) !== undefined
    const networkId = await see(
      watched,
      'network create',
      () => docker('network', 'create', ...LABEL_ARGS, '--subnet', '10.216.1.0/24', name),
      isThere
    )
    cleanup.add(() => docker('network', 'rm', networkId).catch(ignoreMissing))
    const id = await create(image('static'))
    await docker('start', id)
    const on = (): string[] => watched.container(id)?.attachments.map((it) => it.networkName) ?? []
    await see(
      watched,
      'network connect',
      () => docker('network', 'connect', '--ip', '10.216.1.9', name, id),
      () => watched.container(id)?.attachments.some((it) => it.ipAddress === '10.216.1.9') ?? false
    )
    await watched.equalsListing(engine)
    await see(
      watched,
      'network disconnect',
      () => docker('network', 'disconnect', 'bridge', id),
      () => !on().includes('bridge')
    )
    await watched.equalsListing(engine)
    // A stopped one that is connected and disconnected.
    await docker('stop', '--time', '0', id)
    const { engine: connected } = watched.session
    if (!connected) throw new Error('not connected')
    // No event tells of a connection of a stopped container: our own is seen all the same.
    const bridge = await docker('network', 'inspect', '--format', '{{.Id}}', 'bridge')
    await connectNetwork(connected, { networkId: bridge, containerId: id })
    await watched.until('connected while stopped', () => on().includes('bridge'))
    await docker('network', 'disconnect', name, id)
    await watched.until('disconnected while stopped', () => !on().includes(name))
    await see(
      watched,
      'network rm',
      () => docker('network', 'rm', name),
      () => !isThere(networkId)
    )
    await watched.equalsListing(engine)
  })

  it('shows images, their tags, and containers whose tag was taken away', async () => {
    const watched = await mirror()
    const tag = `${uniqueName('portolan-test/tag')}:1`
    const tags = (): readonly string[] => watched.store.rows('images').flatMap((it) => it.tags)
    cleanup.add(() => docker('rmi', '--force', tag).catch(ignoreMissing))
    await see(
      watched,
      'tag',
      () => docker('tag', image('static'), tag),
      () => tags().includes(tag)
    )
    const id = await create(tag)
    await watched.until('its container', () => watched.container(id)?.image === tag)
    await see(
      watched,
      'tag of another image',
      () => docker('tag', image('busybox'), tag),
      () =>
        watched.store
          .rows('images')
          .some((it) => it.tags.includes(tag) && it.tags.includes('busybox:latest'))
    )
    await watched.equalsListing(engine)
    expect(watched.container(id)?.image).not.toBe(tag)
    await see(
      watched,
      'rmi of a tag',
      () => docker('rmi', tag),
      () => !tags().includes(tag)
    )
    await watched.equalsListing(engine)

    const isThere = (imageId: string): boolean =>
      watched.store.get('images', `${ID}/${imageId}`) !== undefined
    const commit = ['commit', '--change', `LABEL ${TEST_LABEL}=1`]
    const tagged = await see(watched, 'commit', () => docker(...commit, id, tag), isThere)
    await see(
      watched,
      'rmi',
      () => docker('rmi', tagged),
      () => !isThere(tagged)
    )
    const untagged = await see(
      watched,
      'commit without a tag',
      () => docker(...commit, id),
      isThere
    )
    await docker('rmi', untagged)
    await watched.equalsListing(engine)
  })

  it('shows an image that we built without a tag', async () => {
    const watched = await mirror()
    const context = mkdtempSync(join(tmpdir(), 'mirror-'))
    cleanup.add(() => rmSync(context, { recursive: true, force: true }))
    const text = `FROM ${image('static')}\nLABEL ${TEST_LABEL}=1 one=${uniqueName('one')}\n`
    writeFileSync(join(context, 'Dockerfile'), text)
    const { engine: connected } = watched.session
    if (!connected) throw new Error('not connected')
    const plain = { dockerfile: 'Dockerfile', buildArgs: {}, noCache: false, pull: false }
    const control = { signal: new AbortController().signal, onEvent: () => undefined }
    for (const builder of ['classic', 'buildkit'] as const) {
      const options = { ...plain, contextPath: context, tags: [], builder }
      const { imageId } = await buildImage(connected, options, control)
      const isThere = (): boolean => watched.store.get('images', `${ID}/${imageId}`) !== undefined
      await watched.until(builder, isThere)
      await docker('rmi', imageId)
      await watched.until('its end', () => !isThere())
    }
  })

  it('shows volumes, the anonymous ones as well', async () => {
    const watched = await mirror()
    const name = uniqueName('volume')
    const isThere = (volume: string): boolean =>
      watched.store.get('volumes', `${ID}/${volume}`) !== undefined
    await see(
      watched,
      'volume create',
      () => docker('volume', 'create', ...LABEL_ARGS, name),
      isThere
    )
    const before = watched.store.rows('volumes').length
    const id = await create(
      '--volume',
      '/b',
      '--volume',
      '/a',
      '--volume',
      `${name}:/c`,
      image('static')
    )
    await watched.until(
      'anonymous volumes',
      () => watched.store.rows('volumes').length === before + 2
    )
    await watched.equalsListing(engine)
    expect(watched.container(id)?.mounts.map((it) => it.destination)).toEqual(['/a', '/b', '/c'])
    await docker('rm', '--volumes', id)
    await watched.until('their end', () => watched.store.rows('volumes').length === before)
    await see(
      watched,
      'volume rm',
      () => docker('volume', 'rm', name),
      () => !isThere(name)
    )
    await watched.equalsListing(engine)
  })

  it('is true after a storm', { timeout: 600_000 }, async () => {
    const watched = await mirror()
    let patches = 0
    cleanup.add(watched.store.subscribe(() => (patches += 1)))
    const kept: string[] = []
    const queue = Array.from({ length: 100 }, (_, at) => at)
    const worker = async (): Promise<void> => {
      for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
        const name = uniqueName('storm')
        const command = at % 3 === 0 ? ['sh', '-c', 'exit 1'] : STAY
        // Without a clean-up each: the engine ends with this file.
        const id = await docker(
          'create',
          ...LABEL_ARGS,
          '--name',
          name,
          image('busybox'),
          ...command
        )
        await docker('start', id)
        // Some are left, running and ended.
        if (at % 10 < 8) await docker('rm', '--force', id)
        else kept.push(id)
      }
    }
    await Promise.all(Array.from({ length: 8 }, worker))
    await watched.equalsListing(engine)
    expect(watched.store.rows('containers').map((row) => row.id)).toEqual(
      expect.arrayContaining(kept)
    )
    expect(kept.length).toBe(20)
    process.stdout.write(`A storm of 100 containers came as ${patches} patches.\n`)
    await docker('rm', '--force', ...kept)
    await watched.equalsListing(engine)
  })

  it(
    'keeps its rows while the engine is killed, and is true when it is back',
    { timeout: 180_000 },
    async () => {
      const watched = await mirror()
      const id = await create('--name', uniqueName('survivor'), image('busybox'), ...STAY)
      await docker('start', id)
      await watched.until('running', () => watched.container(id)?.state === 'running')
      await watched.equalsListing(engine)
      for (let round = 0; round < 2; round += 1) {
        const rows = watched.store.rows('containers')
        const before = watched.endpoint()
        await killEngine(engine)
        await watched.until('lost', () => watched.endpoint().status === 'lost')
        expect(watched.endpoint()).toMatchObject({
          listed: true,
          error: { code: 'engine-unreachable' }
        })
        expect(watched.endpoint().sinceMs).toBeGreaterThan(before.sinceMs)
        expect(watched.session.engine).toBeUndefined()
        expect(watched.store.rows('containers')).toEqual(rows)
        await startEngine(engine)
        await watched.until('connected', () => watched.endpoint().status === 'connected')
        expect(watched.endpoint().error).toBeUndefined()
        await watched.equalsListing(engine)
        // Events are heard again.
        await docker('restart', '--time', '0', id)
        await watched.until('running', () => watched.container(id)?.state === 'running')
      }
      expect(watched.statuses()).toEqual(['connected', 'lost', 'connected', 'lost', 'connected'])
      await watched.equalsListing(engine)
    }
  )

  it('lists again what changed while it was cut off from a living engine', async () => {
    const wire = await Wire.open(engine)
    cleanup.add(() => wire.close())
    const stays = await create('--name', uniqueName('stays'), image('busybox'), ...STAY)
    const goes = await create('--name', uniqueName('goes'), image('static'))
    const network = uniqueName('goes')
    await docker('network', 'create', ...LABEL_ARGS, network)
    const watched = await mirror(wire.address)
    await watched.equalsListing(engine)
    await wire.cut()
    await watched.until('lost', () => watched.endpoint().status === 'lost')
    await docker('start', stays)
    await docker('rm', goes)
    await docker('network', 'rm', network)
    const comes = await create('--name', uniqueName('comes'), image('static'))
    expect(watched.container(stays)?.state).toBe('created')
    expect(watched.container(goes)).toBeDefined()
    await wire.mend()
    await watched.until('connected', () => watched.endpoint().status === 'connected')
    await watched.equalsListing(engine)
    expect(watched.container(stays)?.state).toBe('running')
    expect(watched.container(goes)).toBeUndefined()
    expect(watched.container(comes)).toBeDefined()
  })

  it('connects by itself to an engine that comes later, and again when it goes during the work after connecting', async () => {
    const wire = await Wire.open(engine)
    cleanup.add(() => wire.close())
    await wire.cut()
    const work: (() => void)[] = []
    cleanup.add(() => work.forEach((finish) => finish()))
    const watched = await mirror(wire.address, () => new Promise((resolve) => work.push(resolve)))
    expect(watched.endpoint()).toMatchObject({ status: 'unreachable', listed: false })
    await wire.mend()
    await watched.until('the first work', () => work.length === 1)
    await wire.cut()
    await watched.until('lost', () => watched.endpoint().status === 'lost')
    await wire.mend()
    // The first work has not ended yet: it must not hold up the connection.
    await watched.until('the second work', () => work.length === 2)
    expect(watched.endpoint().status).toBe('connected')
    await watched.equalsListing(engine)
  })

  it('closed while it connects, leaves nothing open either', async () => {
    const wire = await Wire.open(engine)
    cleanup.add(() => wire.close())
    const store = new StateStore()
    const statuses: string[] = []
    const session = new EndpointSession({
      id: ID,
      name: '',
      address: parseAddress(wire.address),
      isPrivate: false,
      sink: store,
      onEndpoint: ({ status }) => statuses.push(status)
    })
    const connecting = session.connect()
    session.close()
    await connecting
    expect(session.engine).toBeUndefined()
    expect(statuses).toEqual(['connecting'])
    await wire.idle()
    expect(wire.connections).toBe(0)
  })
})

function ignoreMissing(failure: unknown): void {
  if (!/no such|not found/i.test(String(failure))) throw failure
}

/** What keeps this process alive, without what its own streams and timers of the test's runner are. */
function resources(): readonly string[] {
  const kinds = [
    'PipeWrap',
    'TCPSocketWrap',
    'PipeConnectWrap',
    'TCPConnectWrap',
    'HTTPClientRequest'
  ]
  return process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind))
}
