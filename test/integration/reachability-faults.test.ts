import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/main/engine/engine'
import { sweepHelpers } from '../../src/main/reachability/helpers'
import { sweep } from '../../src/main/reachability/operations'
import { buildProbeImage, ensureProbeImage } from '../../src/main/reachability/probe-image'
import type { PairResult } from '../../src/shared/reachability/model'
import { createCleanup, createNetwork, docker, testEngine, uniqueName } from '../engine/context'
import { killEngine, startEngine } from '../engine/control.mjs'
import {
  busybox,
  connect,
  helpersLeft,
  measuringAt,
  pairOf,
  PROBE_FOLDER,
  sweepOf,
  type Member
} from './reachability-kit'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const cleanup = createCleanup()
let engine: Engine
beforeAll(async () => {
  engine = await connect()
})
afterEach(async () => {
  await cleanup.run()
  expect(await helpersLeft()).toEqual([])
})

/** The engine, with something done before each helper is created. */
function before(create: () => Promise<void>): Engine {
  const docker = Object.create(engine.docker, {
    createContainer: {
      value: async (options: object) => {
        await create()
        return engine.docker.createContainer(options)
      }
    }
  }) as Engine['docker']
  return Object.create(engine, { docker: { value: docker } }) as Engine
}

describe.each([
  ['the helper', true],
  ['sidecars', false]
] as const)('a sweep by %s', (_, isHelperAllowed) => {
  it('loads its image again when somebody removes it meanwhile', async () => {
    const image = await buildProbeImage(PROBE_FOLDER, engine.info.arch)
    await ensureProbeImage(engine, image)
    const [a, b] = [await busybox(cleanup, 'a'), await busybox(cleanup, 'b')]
    let removals = 0
    const robbed = before(async () => {
      if (removals++ === 0) await docker(['rmi', '--force', image.reference])
    })
    const results = await sweepOf(measuringAt(robbed, { isHelperAllowed }), [a, b])
    expect(removals).toBeGreaterThan(1)
    expect(pairOf(results, a, b)).toMatchObject({
      verdict: 'reachable',
      way: isHelperAllowed ? 'helper' : 'sidecar'
    })
  })

  it.skipIf(!testEngine().ownEngine)(
    'fails when the engine is killed, and leaves nothing',
    async () => {
      const net = uniqueName('net')
      await createNetwork(cleanup, net)
      // They wait a second for answers that never come, and the engine dies meanwhile.
      const [a, b] = [await busybox(cleanup, 'a'), await busybox(cleanup, 'b', '--network', net)]
      const onTheWay = measuringAt(
        before(async () => {
          setTimeout(() => void killEngine(), 300)
        }),
        { isHelperAllowed }
      )
      await expect(sweepOf(onTheWay, [a, b])).rejects.toMatchObject({ code: 'engine-unreachable' })
      await startEngine()
      await sweepHelpers(engine)
      expect(await helpersLeft()).toEqual([])
      await docker(['start', a.name, b.name])
      const results = await sweepOf(measuringAt(engine, { isHelperAllowed }), [a, b])
      expect(pairOf(results, a, b)).toMatchObject({ verdict: 'unreachable' })
    }
  )
})

it('sixty containers on twelve networks, some of which come and go meanwhile', async () => {
  const networks = Array.from({ length: 12 }, () => uniqueName('net'))
  for (const name of networks) await createNetwork(cleanup, name)
  const members: (Member & { readonly network: string })[] = []
  for (let row = 0; row < 10; row++) {
    const made = Array.from({ length: 6 }, async (_, column) => {
      const network = networks[(row * 6 + column) % 12] ?? ''
      return { ...(await busybox(cleanup, `m${row}`, '--network', network)), network }
    })
    members.push(...(await Promise.all(made)))
  }
  // Two rows stay as they are; the others are removed, moved, killed or paused one after another, from the first helper on.
  const [steady, restless] = [members.slice(0, 24), members.slice(24)]
  let turmoil: Promise<void> | undefined
  const storm = async (): Promise<void> => {
    for (const [at, { name, network }] of restless.entries()) {
      const other = networks[(at + 5) % 12] ?? ''
      const change = [
        ['rm', '--force', name],
        ['network', 'connect', other, name],
        ['network', 'disconnect', network, name],
        ['kill', name]
      ][at % 4]
      if (change && !(change[1] === 'connect' && other === network)) await docker(change)
    }
  }
  const disturbed = before(async () => {
    turmoil ??= storm()
  })
  const results: PairResult[] = []
  await sweep({
    ...measuringAt(disturbed, { isHelperAllowed: true }),
    containers: members.map(({ id, name }) => ({ id, name, state: 'running' })),
    onResult: (result) => results.push(result)
  })
  await turmoil
  expect(new Set(results.map(({ sourceId, targetId }) => sourceId + targetId)).size).toBe(60 * 59)
  const networkOf = new Map(steady.map(({ id, network }) => [id, network]))
  const wrong = results.filter(({ sourceId, targetId, verdict }) => {
    const [from, to] = [networkOf.get(sourceId), networkOf.get(targetId)]
    if (from === undefined || to === undefined) return false
    return verdict !== (from === to ? 'reachable' : 'unreachable')
  })
  expect(wrong).toEqual([])
})

it('a container on ten networks, and names that are long or odd', async () => {
  const networks = Array.from({ length: 10 }, () => uniqueName('ten'))
  for (const name of networks) await createNetwork(cleanup, name)
  const hub = await busybox(cleanup, 'Hub.With_Dots-and.UPPER', '--network', networks[0] ?? '')
  for (const name of networks.slice(1)) await docker(['network', 'connect', name, hub.name])
  const long = await busybox(cleanup, `long-${'x'.repeat(80)}`, '--network', networks[9] ?? '')
  // The engine allows two networks of one name, and tells them apart by their ids.
  const twin = uniqueName('twin')
  await createNetwork(cleanup, twin)
  const left = await busybox(cleanup, 'left', '--network', twin)
  const right = await busybox(cleanup, 'right', '--network', twin)
  const { id: second } = await engine.docker.createNetwork({ Name: twin, CheckDuplicate: false })
  cleanup.add(() => engine.docker.getNetwork(second).remove())
  const members = [hub, long, left, right]
  const results = await sweepOf(measuringAt(engine, { isHelperAllowed: true }), members)
  const there = pairOf(results, long, hub)
  expect(there.addresses).toHaveLength(10)
  expect(there).toMatchObject({ verdict: 'reachable', measured: true })
  expect(there.addresses.filter(({ outcome }) => outcome === 'answered')).toMatchObject([
    { networkName: networks[9] }
  ])
  expect(there.names.find(({ name }) => name === hub.name)).toMatchObject({ outcome: 'resolved' })
  // No part of a name in the DNS may have more than 63 letters.
  expect(pairOf(results, hub, long)).toMatchObject({
    verdict: 'reachable',
    names: [{ name: long.name, outcome: 'error' }],
    reason: { code: 'name-not-found' }
  })
  expect(pairOf(results, left, right)).toMatchObject({
    verdict: 'reachable',
    measured: true
  })
})
