import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { connectNetwork, disconnectNetwork } from '../../src/main/networks/operations'
import { runHelper, sweepHelpers } from '../../src/main/reachability/helpers'
import { sweep } from '../../src/main/reachability/operations'
import { buildProbeImage, ensureProbeImage } from '../../src/main/reachability/probe-image'
import { parseProbeOutput } from '../../src/main/reachability/probe-output'
import { parseAddress } from '../../src/shared/engines/address'
import { HELPER_LABEL } from '../../src/shared/reachability/helper'
import { isReachableByName, type PairResult } from '../../src/shared/reachability/model'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  testEngine,
  uniqueName,
  type Cleanup
} from '../engine/context'

const PROBE_FOLDER = join(import.meta.dirname, '../../resources/probe')
/** A first process that ends at once when it is told to. */
const STAY = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']

// A sweep takes seconds, on a busy machine many: half a second of processor for each container.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

interface Member {
  readonly id: string
  readonly name: string
}

const cleanup = createCleanup()
let engine: Engine

beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
  await sweepHelpers(engine)
})
afterEach(async () => {
  await cleanup.run()
  // Whatever a test did: no helper outlives its measurement.
  expect(await helpersLeft()).toEqual([])
})

async function helpersLeft(): Promise<string[]> {
  const filter = `label=${HELPER_LABEL}`
  const listed = await docker([
    'ps',
    '--all',
    '--filter',
    filter,
    '--format',
    '{{.Names}} {{.Status}}'
  ])
  return listed.split('\n').filter(Boolean)
}

function busybox(on: Cleanup, name: string, ...args: readonly string[]): Promise<Member> {
  const image = imageReference('busybox')
  return runContainer(on, { image, name: uniqueName(name), args, command: STAY })
}

async function sweepOf(
  members: readonly Member[],
  signal = new AbortController().signal
): Promise<Map<string, PairResult>> {
  const results = new Map<string, PairResult>()
  const containers = members.map(({ id, name }) => ({ id, name, state: 'running' as const }))
  const onResult = (result: PairResult): void => {
    results.set(`${result.sourceId} ${result.targetId}`, result)
  }
  const { summary } = await sweep({
    engine,
    isHelperAllowed: false,
    containers,
    probeFolder: PROBE_FOLDER,
    signal,
    onResult
  })
  expect(results.size).toBe(members.length * (members.length - 1))
  expect(summary).toMatchObject({ endpointId: 'test', pairs: results.size })
  return results
}

function pairOf(
  results: ReadonlyMap<string, PairResult>,
  source: Member,
  target: Member
): PairResult {
  const result = results.get(`${source.id} ${target.id}`)
  if (!result) throw new Error(`No result for ${source.name} > ${target.name}`)
  return result
}

/** What the container's own ping says. */
async function execPing(source: Member, address: string): Promise<boolean> {
  const ping = `ping -c 1 -W 2 ${address} >/dev/null 2>&1; echo $?`
  return (await docker(['exec', source.name, 'sh', '-c', ping])).trim() === '0'
}

/** Calls `onStart` once, at the first helper that the engine starts. */
async function atFirstHelper(onStart: () => void): Promise<void> {
  const filters = { label: [HELPER_LABEL], event: ['start'] }
  const events = (await engine.docker.getEvents({ filters })) as Readable
  events.once('data', onStart)
  cleanup.add(() => events.destroy())
}

describe('the experiment of the notes', () => {
  it('db on a network of its own, web on the default bridge; connected; disconnected again', async () => {
    const networkName = uniqueName('my-bridge-network')
    const networkId = await createNetwork(cleanup, networkName)
    const db = await busybox(cleanup, 'db', '--network', networkName)
    const web = await busybox(cleanup, 'web')

    const before = pairOf(await sweepOf([db, web]), web, db)
    expect(before).toMatchObject({
      verdict: 'unreachable',
      measured: true,
      addresses: [{ networkName, outcome: 'timeout' }],
      reason: {
        code: 'no-common-network',
        sourceNetworks: ['bridge'],
        targetNetworks: [networkName]
      },
      suggestion: { kind: 'connect', containerId: web.id, networkId }
    })
    expect(isReachableByName(before)).toBe(false)
    expect(await execPing(web, before.addresses[0]?.address ?? '')).toBe(false)

    if (!before.suggestion) throw new Error('nothing was suggested')
    await connectNetwork(engine, { ...before.suggestion, aliases: ['front'] })
    const connected = await sweepOf([db, web])
    const there = pairOf(connected, web, db)
    expect(there).toMatchObject({ verdict: 'reachable', measured: true, way: 'sidecar' })
    expect(there).not.toHaveProperty('reason')
    expect(there.addresses[0]?.rttMs).toBeGreaterThan(0)
    expect(isReachableByName(there)).toBe(true)
    expect(await execPing(web, db.name)).toBe(true)
    const back = pairOf(connected, db, web)
    expect(back.addresses.map(({ networkName: name, outcome }) => [name, outcome])).toEqual(
      expect.arrayContaining([
        ['bridge', 'timeout'],
        [networkName, 'answered']
      ])
    )
    expect(back.names).toMatchObject([
      { name: web.name, outcome: 'resolved' },
      { name: 'front', outcome: 'resolved' }
    ])

    await disconnectNetwork(engine, { networkId, containerId: web.id, force: false })
    const after = pairOf(await sweepOf([db, web]), web, db)
    expect(after).toMatchObject({ verdict: 'unreachable', reason: { code: 'no-common-network' } })
  })
})

describe('one sweep over every kind of container', () => {
  const kinds = createCleanup()
  const net = uniqueName('net')
  const inside = uniqueName('inside')
  const strict = uniqueName('strict')
  let members: Record<
    | 'a'
    | 'shellLess'
    | 'pingLess'
    | 'bridged'
    | 'bridgedToo'
    | 'none'
    | 'host'
    | 'sharer'
    | 'inner'
    | 'innerToo'
    | 'strictOne'
    | 'strictTwo'
    | 'paused'
    | 'stopped'
    | 'detached',
    Member
  >
  let results: Map<string, PairResult>

  beforeAll(async () => {
    await createNetwork(kinds, net, ['--ipv6', '--subnet', 'fd00:7041::/64'])
    await createNetwork(kinds, inside, ['--internal'])
    await createNetwork(kinds, strict, ['-o', 'com.docker.network.bridge.enable_icc=false'])
    const a = await busybox(kinds, 'a', '--network', net, '--network-alias', 'store')
    const onNet = ['--network', net]
    members = {
      a,
      shellLess: await runContainer(kinds, { image: imageReference('static'), args: onNet }),
      pingLess: await runContainer(kinds, {
        image: imageReference('noPing'),
        args: onNet,
        command: STAY
      }),
      bridged: await busybox(kinds, 'bridged'),
      bridgedToo: await busybox(kinds, 'bridged-too'),
      none: await busybox(kinds, 'none', '--network', 'none'),
      host: await busybox(kinds, 'host', '--network', 'host'),
      sharer: await busybox(kinds, 'sharer', '--network', `container:${a.id}`),
      inner: await busybox(kinds, 'inner', '--network', inside),
      innerToo: await busybox(kinds, 'inner-too', '--network', inside),
      strictOne: await busybox(kinds, 'strict-one', '--network', strict),
      strictTwo: await busybox(kinds, 'strict-two', '--network', strict),
      paused: await busybox(kinds, 'paused', ...onNet),
      stopped: await busybox(kinds, 'stopped', ...onNet),
      detached: await busybox(kinds, 'detached', ...onNet)
    }
    kinds.add(() => docker(['unpause', members.paused.name]))
    await docker(['pause', members.paused.name])
    await docker(['kill', members.stopped.name])
    await docker(['network', 'disconnect', net, members.detached.name])
    results = await sweepOf(Object.values(members))
  })
  afterAll(() => kinds.run())

  type Kind = keyof typeof members
  const result = (source: Kind, target: Kind): PairResult =>
    pairOf(results, members[source], members[target])

  it('measures from images without ping and without shell', () => {
    for (const source of ['shellLess', 'pingLess'] as const) {
      expect(result(source, 'a')).toMatchObject({ verdict: 'reachable', measured: true })
      expect(isReachableByName(result(source, 'a'))).toBe(true)
      expect(result(source, 'a').names).toMatchObject([
        { name: members.a.name, outcome: 'resolved' },
        { name: 'store', outcome: 'resolved' }
      ])
      expect(result(source, 'bridged')).toMatchObject({ verdict: 'unreachable', measured: true })
    }
    expect(result('a', 'shellLess').verdict).toBe('reachable')
  })

  it('measures IPv6 beside IPv4', () => {
    const outcomes = result('a', 'pingLess').addresses.map(({ family, outcome }) => [
      family,
      outcome
    ])
    expect(outcomes).toEqual([
      [4, 'answered'],
      [6, 'answered']
    ])
  })

  it('says that the default bridge has no names', () => {
    const pair = result('bridged', 'bridgedToo')
    expect(pair).toMatchObject({
      verdict: 'reachable',
      measured: true,
      reason: { code: 'default-bridge-has-no-names' }
    })
    expect(isReachableByName(pair)).toBe(false)
  })

  it('explains network none', () => {
    expect(result('none', 'a')).toMatchObject({
      verdict: 'unreachable',
      measured: true,
      addresses: [{ outcome: 'unreachable' }, { outcome: 'unreachable' }],
      reason: { code: 'network-none', side: 'source' }
    })
    expect(result('a', 'none')).toMatchObject({
      verdict: 'unreachable',
      measured: false,
      reason: { code: 'network-none', side: 'target' }
    })
  })

  it('measures from and to the host network', () => {
    expect(result('host', 'a')).toMatchObject({
      verdict: 'reachable',
      measured: true,
      reason: { code: 'host-network', side: 'source' }
    })
    expect(result('a', 'host')).toMatchObject({
      verdict: 'reachable',
      measured: true,
      reason: { code: 'host-network', side: 'target' }
    })
  })

  it('knows a shared namespace, and judges it by its owner’s networks', () => {
    const reason = { code: 'shared-namespace', ownerId: members.a.id }
    expect(result('sharer', 'a')).toMatchObject({ verdict: 'reachable', measured: true, reason })
    expect(result('a', 'sharer')).toMatchObject({ verdict: 'reachable', measured: true, reason })
    expect(result('sharer', 'shellLess').verdict).toBe('reachable')
    expect(result('sharer', 'bridged').reason).toMatchObject({
      code: 'no-common-network',
      sourceNetworks: [net]
    })
  })

  it('explains an internal network', () => {
    expect(result('inner', 'innerToo').verdict).toBe('reachable')
    const inward = { code: 'internal', side: 'target', networkName: inside }
    expect(result('a', 'inner')).toMatchObject({ verdict: 'unreachable', reason: inward })
    const outward = { code: 'internal', side: 'source', networkName: inside }
    expect(result('inner', 'a')).toMatchObject({ verdict: 'unreachable', reason: outward })
  })

  it('explains a network that keeps its containers apart', () => {
    expect(result('strictOne', 'strictTwo')).toMatchObject({
      verdict: 'unreachable',
      measured: true,
      reason: { code: 'icc-disabled', networkName: strict }
    })
  })

  it('explains paused and stopped containers', () => {
    expect(result('a', 'paused')).toMatchObject({
      verdict: 'reachable',
      measured: true,
      reason: { code: 'target-paused' }
    })
    expect(result('paused', 'a')).toMatchObject({
      verdict: 'unknown',
      measured: false,
      reason: { code: 'source-paused' }
    })
    expect(result('a', 'stopped')).toMatchObject({
      verdict: 'unreachable',
      measured: false,
      reason: { code: 'target-not-running', state: 'exited' }
    })
    expect(result('stopped', 'a')).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'source-not-running', state: 'exited' }
    })
  })

  it('explains a container that was taken off its network', () => {
    expect(result('detached', 'a')).toMatchObject({
      verdict: 'unreachable',
      measured: true,
      reason: { code: 'no-network', side: 'source' }
    })
    expect(result('a', 'detached')).toMatchObject({
      verdict: 'unreachable',
      measured: false,
      reason: { code: 'no-network', side: 'target' }
    })
  })

  it('agrees with the containers’ own ping on every address it measured', async () => {
    const sources: Kind[] = ['a', 'bridged', 'none', 'host', 'inner', 'strictOne', 'detached']
    const ask = sources.map(async (source) => {
      const measured = [...results.values()]
        .filter(({ sourceId }) => sourceId === members[source].id)
        .flatMap(({ addresses }) => addresses)
        .filter(({ family }) => family === 4)
      const ours = new Map(
        measured.map(({ address, outcome }) => [address, outcome === 'answered'])
      )
      // In one exec, one after another: forked pings under load are false witnesses.
      const lines = [...ours.keys()].map(
        (address) => `ping -c 1 -W 1 ${address} >/dev/null 2>&1; echo ${address} $?`
      )
      const said = await docker(['exec', members[source].name, 'sh', '-c', lines.join(';')])
      const theirs = said
        .trim()
        .split('\n')
        .map((line): [string, boolean] => [line.split(' ')[0] ?? '', line.endsWith(' 0')])
      expect({ source, pings: new Map(theirs) }).toEqual({ source, pings: ours })
      return ours.size
    })
    const counts = await Promise.all(ask)
    expect(Math.min(...counts)).toBeGreaterThan(5)
  })
})

describe('what goes wrong meanwhile', () => {
  it('never calls a container unreachable by measurement that died during the sweep', async () => {
    const name = uniqueName('net')
    await createNetwork(cleanup, name)
    const stays = await busybox(cleanup, 'stays', '--network', name)
    const elsewhere = await busybox(cleanup, 'elsewhere')
    const dies = await busybox(cleanup, 'dies', '--network', name)
    let killed: Promise<unknown> = Promise.resolve()
    await atFirstHelper(() => {
      killed = docker(['rm', '--force', dies.name])
    })
    const results = await sweepOf([stays, elsewhere, dies])
    await killed
    expect(pairOf(results, stays, elsewhere)).toMatchObject({ verdict: 'unreachable' })
    const towards = pairOf(results, stays, dies)
    // It was reached before it died, or its state was seen to have changed.
    if (towards.measured) expect(towards.verdict).toBe('reachable')
    else expect(towards.reason?.code).toBe('target-not-running')
    const gone = await sweepOf([stays, dies])
    expect(pairOf(gone, stays, dies).reason).toEqual({ code: 'target-not-running', state: 'dead' })
    expect(pairOf(gone, dies, stays)).toMatchObject({ verdict: 'unknown' })
  })

  it('stops at an abort and leaves no helper', async () => {
    const members = await Promise.all(['x', 'y', 'z'].map((name) => busybox(cleanup, name)))
    const abort = new AbortController()
    await atFirstHelper(() => abort.abort())
    await expect(sweepOf(members, abort.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect(await helpersLeft()).toEqual([])
  })

  it('loads its image again when somebody removed it, with the id that it foretold', async () => {
    const image = await buildProbeImage(PROBE_FOLDER, engine.info.arch)
    await ensureProbeImage(engine, image)
    await docker(['rmi', image.reference])
    const members = await Promise.all(['x', 'y'].map((name) => busybox(cleanup, name)))
    const [x, y] = members
    if (!x || !y) throw new Error('no containers')
    expect(pairOf(await sweepOf(members), x, y).verdict).toBe('reachable')
    const id = await docker(['inspect', '--format', '{{.Id}}', image.reference])
    expect(id.trim()).toBe(image.id)
  })

  it('removes the probes of earlier versions', async () => {
    const image = await buildProbeImage(PROBE_FOLDER, engine.info.arch)
    await ensureProbeImage(engine, image)
    await docker(['tag', image.reference, 'portolan-probe:kept'])
    await docker(['rmi', image.reference])
    await docker(['build', '--tag', 'portolan-probe:old', '-'], {
      input: `FROM portolan-probe:kept\nLABEL ${HELPER_LABEL}=probe version=0\n`
    })
    await docker(['rmi', 'portolan-probe:kept'])
    await ensureProbeImage(engine, image)
    const listed = await docker([
      'images',
      '--format',
      '{{.Repository}}:{{.Tag}}',
      'portolan-probe'
    ])
    expect(listed.trim()).toBe(image.reference)
  })
})

describe('helpers', () => {
  it('left behind are swept, whatever their state, and nothing else', async () => {
    const mine = await busybox(cleanup, 'mine')
    const image = imageReference('busybox')
    const label = `${HELPER_LABEL}=probe`
    for (const verb of ['create', 'run']) {
      const detach = verb === 'run' ? ['--detach'] : []
      await docker([verb, ...detach, '--label', label, image, ...STAY])
    }
    expect(await sweepHelpers(engine)).toBe(2)
    expect(await helpersLeft()).toEqual([])
    expect(await docker(['inspect', '--format', '{{.State.Status}}', mine.id])).toContain('running')
  })

  it('are confined', async () => {
    const image = await buildProbeImage(PROBE_FOLDER, engine.info.arch)
    await ensureProbeImage(engine, image)
    const source = await busybox(cleanup, 'source')
    let inspected: Promise<string> | undefined
    await atFirstHelper(() => {
      const format = '{{json .HostConfig}}'
      const inspect = async (): Promise<string> => {
        const ids = await docker(['ps', '--quiet', '--filter', `label=${HELPER_LABEL}`])
        return docker(['inspect', '--format', format, ids.trim()])
      }
      inspected = inspect()
    })
    // 198.51.100.0/24 is for documentation; the tests' engine has no way out of its namespace.
    const signal = new AbortController()
    const run = runHelper(engine, {
      imageReference: image.reference,
      place: { joinId: source.id, rawSockets: false },
      options: ['--timeout=10000'],
      input: ['ping=198.51.100.1'],
      signal: signal.signal,
      onLine: () => undefined
    })
    const ended = expect(run).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => inspected, { timeout: 20_000 }).toBeDefined()
    const host: unknown = JSON.parse((await inspected) ?? '{}')
    signal.abort()
    await ended
    expect(host).toMatchObject({
      NetworkMode: `container:${source.id}`,
      CapDrop: ['ALL'],
      CapAdd: null,
      ReadonlyRootfs: true,
      Memory: 32 * 1024 * 1024,
      AutoRemove: true,
      Privileged: false,
      SecurityOpt: ['no-new-privileges'],
      LogConfig: { Type: 'none' }
    })
  })

  it('ask TCP ports and names by deadline, with raw sockets where they must', async () => {
    const image = await buildProbeImage(PROBE_FOLDER, engine.info.arch)
    await ensureProbeImage(engine, image)
    const name = uniqueName('net')
    await createNetwork(cleanup, name)
    const closed = 'net.ipv4.ping_group_range=1 0'
    const source = await busybox(cleanup, 'source', '--network', name, '--sysctl', closed)
    const server = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--network', name],
      command: ['httpd', '-f', '-p', '8080']
    })
    const listening = 'until netstat -ltn | grep -q :8080; do :; done'
    await docker(['exec', server.name, 'sh', '-c', listening])
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
    const address = (await docker(['inspect', '--format', format, server.id])).trim()
    const ask = async (rawSockets: boolean): Promise<(string | undefined)[]> => {
      const printed: string[] = []
      await runHelper(engine, {
        imageReference: image.reference,
        place: { joinId: source.id, rawSockets },
        options: ['--timeout=1500'],
        input: [
          `ping=${address}`,
          `tcp=${address}:8080`,
          `tcp=${address}:8081`,
          `name=${server.name.toUpperCase()}`,
          `name=${'x'.repeat(64)}`
        ],
        signal: new AbortController().signal,
        onLine: (line) => printed.push(line)
      })
      const { answers, complete } = parseProbeOutput(printed.join('\n'))
      expect(complete).toBe(true)
      return [0, 1, 2, 3, 4].map((task) => answers.get(task)?.outcome)
    }
    expect(await ask(false)).toEqual(['denied', 'open', 'refused', 'resolved', 'error'])
    expect(await ask(true)).toEqual(['answered', 'open', 'refused', 'resolved', 'error'])
    // A sweep finds that out by itself.
    const results = await sweepOf([source, server])
    expect(pairOf(results, source, server)).toMatchObject({ verdict: 'reachable', measured: true })
  })
})
