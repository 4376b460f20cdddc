import type { Readable } from 'node:stream'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/main/engine/engine'
import { PortolanError } from '../../src/shared/bridge/errors'
import { HELPER_LABEL } from '../../src/shared/reachability/helper'
import { isReachableByName, type PairResult } from '../../src/shared/reachability/model'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  uniqueName
} from '../engine/context'
import {
  busybox,
  connect,
  helpersLeft,
  measuringAt,
  pairOf,
  sweepOf,
  type Member
} from './reachability-kit'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const cleanup = createCleanup()
let engine: Engine
beforeAll(async () => {
  engine = await connect()
})
afterEach(async () => {
  await cleanup.run()
  expect(await helpersLeft()).toEqual([])
})

/** How many helper containers the engine has created since; to be asked after the work. */
async function countHelpers(): Promise<() => Promise<number>> {
  const events = (await engine.docker.getEvents({
    filters: { label: [HELPER_LABEL], event: ['create'] }
  })) as Readable
  let created = 0
  events.on('data', (chunk: Buffer) => {
    created += chunk.toString().split('"Action":"create"').length - 1
  })
  cleanup.add(() => events.destroy())
  return () => Promise.resolve(created)
}

/** The engine as it would be where it refuses to create some containers: an authorization plugin, a policy. */
function refusing(isRefused: (options: { HostConfig?: { PidMode?: string } }) => boolean): Engine {
  const forbidden = Object.create(engine.docker, {
    createContainer: {
      value: (options: { HostConfig?: { PidMode?: string } }) => {
        if (!isRefused(options)) {
          return engine.docker.createContainer(options)
        }
        const words = 'authorization denied by plugin: no helpers here'
        throw new PortolanError({
          code: 'permission-denied',
          message: words,
          engineMessage: words
        })
      }
    }
  }) as Engine['docker']
  return Object.create(engine, { docker: { value: forbidden } }) as Engine
}

const DENIED = 'authorization denied by plugin: no helpers here'

/** Two on a network, one with no shell, one elsewhere, one paused, one that shares, one on the host. */
async function group(): Promise<
  Record<'a' | 'bare' | 'far' | 'paused' | 'sharer' | 'host', Member>
> {
  const net = uniqueName('net')
  await createNetwork(cleanup, net, ['--ipv6', '--subnet', 'fd00:7042::/64'])
  const a = await busybox(cleanup, 'a', '--network', net, '--network-alias', 'store')
  const members = {
    a,
    bare: await runContainer(cleanup, {
      image: imageReference('static'),
      name: uniqueName('bare'),
      args: ['--network', net]
    }),
    far: await busybox(cleanup, 'far'),
    paused: await busybox(cleanup, 'paused', '--network', net),
    sharer: await busybox(cleanup, 'sharer', '--network', `container:${a.id}`),
    host: await busybox(cleanup, 'host', '--network', 'host')
  }
  cleanup.add(() => docker(['unpause', members.paused.name]))
  await docker(['pause', members.paused.name])
  return members
}

/** What a result says without how and when. */
function verdictOf({ verdict, measured, addresses, names, reason }: PairResult) {
  return {
    verdict,
    measured,
    reason,
    addresses: addresses.map(({ address, outcome }) => [address, outcome]),
    names: names.map(({ name, outcome }) => [name, outcome])
  }
}

describe('the three ways', () => {
  it('one helper finds what the sidecars find, at once', async () => {
    const members = await group()
    const all = Object.values(members)
    const created = await countHelpers()
    const byHelper = await sweepOf(measuringAt(engine, { isHelperAllowed: true }), all)
    expect(await created()).toBe(1)
    const bySidecar = await sweepOf(measuringAt(engine), all)
    for (const [key, result] of byHelper) {
      const other = bySidecar.get(key)
      expect(other && verdictOf(other)).toEqual(verdictOf(result))
      if (result.measured) {
        expect(result).toMatchObject({ way: 'helper' })
        expect(result).not.toHaveProperty('passedOver')
        expect(other).toMatchObject({
          way: 'sidecar',
          passedOver: [{ way: 'helper', why: 'not-allowed' }]
        })
      }
    }
    const { a, bare, far, host } = members
    expect(pairOf(byHelper, bare, a)).toMatchObject({ verdict: 'reachable', way: 'helper' })
    expect(isReachableByName(pairOf(byHelper, bare, a))).toBe(true)
    expect(pairOf(byHelper, a, far)).toMatchObject({ verdict: 'unreachable', way: 'helper' })
    expect(pairOf(byHelper, host, a)).toMatchObject({ verdict: 'reachable', way: 'helper' })
  })

  it('falls to sidecars where the engine refuses the helper, and says so', async () => {
    const { a, bare, far } = await group()
    const engine = refusing(({ HostConfig }) => HostConfig?.PidMode === 'host')
    const results = await sweepOf(measuringAt(engine, { isHelperAllowed: true }), [a, bare, far])
    expect(pairOf(results, bare, a)).toMatchObject({
      verdict: 'reachable',
      way: 'sidecar',
      passedOver: [{ way: 'helper', why: 'refused', detail: DENIED }]
    })
    expect(pairOf(results, a, far)).toMatchObject({ verdict: 'unreachable', way: 'sidecar' })
  })

  it('falls to the images’ own ping where the engine refuses both; without one nothing is claimed', async () => {
    const { a, bare, far, host } = await group()
    const engine = refusing(() => true)
    const results = await sweepOf(measuringAt(engine, { isHelperAllowed: true }), [
      a,
      bare,
      far,
      host
    ])
    const passedOver = [
      { way: 'helper', why: 'refused', detail: DENIED },
      { way: 'sidecar', why: 'refused', detail: DENIED }
    ]
    const there = pairOf(results, a, bare)
    expect(there).toMatchObject({ verdict: 'reachable', measured: true, way: 'exec', passedOver })
    expect(there.addresses.map(({ outcome }) => outcome)).toEqual(['answered', 'answered'])
    expect(there.addresses[0]?.rttMs).toBeGreaterThan(0)
    expect(isReachableByName(there)).toBe(true)
    expect(pairOf(results, a, far)).toMatchObject({
      verdict: 'unreachable',
      measured: true,
      way: 'exec',
      reason: { code: 'no-common-network' }
    })
    expect(pairOf(results, host, a)).toMatchObject({ verdict: 'reachable', way: 'exec' })
    expect(pairOf(results, bare, a)).toMatchObject({
      verdict: 'unknown',
      measured: false,
      reason: { code: 'not-measurable', obstacle: 'probe-refused', detail: DENIED },
      passedOver: [...passedOver, { way: 'exec', why: 'failed' }]
    })
  })

  it('uses the images’ own ping where the engine has an architecture without a probe', async () => {
    const { a, bare, far } = await group()
    const foreign = Object.create(engine, {
      info: { value: { ...engine.info, arch: 's390x' } }
    }) as Engine
    const results = await sweepOf(measuringAt(foreign, { isHelperAllowed: true }), [a, bare, far])
    expect(pairOf(results, a, far)).toMatchObject({ verdict: 'unreachable', way: 'exec' })
    expect(pairOf(results, bare, a)).toMatchObject({
      verdict: 'unknown',
      reason: { code: 'not-measurable', obstacle: 'engine-architecture' }
    })
  })

  it('leaves no helper when it is cancelled', async () => {
    const members = await group()
    const abort = new AbortController()
    const filters = { label: [HELPER_LABEL], event: ['start'] }
    const events = (await engine.docker.getEvents({ filters })) as Readable
    events.once('data', () => abort.abort())
    cleanup.add(() => events.destroy())
    const measuring = measuringAt(engine, { isHelperAllowed: true, signal: abort.signal })
    await expect(sweepOf(measuring, Object.values(members))).rejects.toMatchObject({
      code: 'cancelled'
    })
    expect(await helpersLeft()).toEqual([])
  })
})
