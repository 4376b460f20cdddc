import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/main/engine/engine'
import type { PairResult } from '../../src/shared/reachability/model'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  uniqueName
} from '../engine/context'
import { busybox, connect, helpersLeft, measuringAt, pairOf, sweepOf } from './reachability-kit'

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

it('an alias is known on its network only', async () => {
  const [front, back] = [uniqueName('front'), uniqueName('back')]
  for (const name of [front, back]) await createNetwork(cleanup, name)
  const db = await busybox(cleanup, 'db', '--network', front, '--network-alias', 'open-name')
  await docker(['network', 'connect', '--alias', 'inner-name', back, db.name])
  const web = await busybox(cleanup, 'web', '--network', front)
  const job = await busybox(cleanup, 'job', '--network', front)
  await docker(['network', 'connect', back, job.name])
  const results = await sweepOf(measuringAt(engine, { isHelperAllowed: true }), [db, web, job])
  const fromWeb = pairOf(results, web, db)
  expect(fromWeb).toMatchObject({
    verdict: 'reachable',
    measured: true,
    reason: { code: 'alias-elsewhere', name: 'inner-name', networkName: back }
  })
  const outcome = (pair: PairResult, name: string) =>
    pair.names.find((each) => each.name === name)?.outcome
  expect(outcome(fromWeb, 'open-name')).toBe('resolved')
  expect(['not-found', 'failed', 'timeout']).toContain(outcome(fromWeb, 'inner-name'))
  const fromJob = pairOf(results, job, db)
  expect(outcome(fromJob, 'inner-name')).toBe('resolved')
  expect(fromJob).not.toHaveProperty('reason')
})

it('a source without IPv6', async () => {
  const [four, six] = [uniqueName('four'), uniqueName('six')]
  await createNetwork(cleanup, four)
  await createNetwork(cleanup, six, ['--ipv6', '--subnet', 'fd00:7043::/64'])
  const db = await busybox(cleanup, 'db', '--network', four)
  await docker(['network', 'connect', six, db.name])
  const web = await busybox(cleanup, 'web', '--network', four)
  const pair = pairOf(await sweepOf(measuringAt(engine), [db, web]), web, db)
  expect(pair).toMatchObject({
    verdict: 'reachable',
    measured: true,
    reason: { code: 'no-ipv6', networkName: six }
  })
  const outcomes = pair.addresses.map(({ family, networkName, outcome }) => [
    family,
    networkName,
    outcome
  ])
  expect(outcomes).toEqual(
    expect.arrayContaining([
      [4, four, 'answered'],
      [6, six, 'unreachable']
    ])
  )
})

it('a container that shares a namespace whose owner was started anew is left behind in the old one', async () => {
  const net = uniqueName('net')
  await createNetwork(cleanup, net)
  const owner = await busybox(cleanup, 'owner', '--network', net)
  const web = await busybox(cleanup, 'web', '--network', net)
  const sharer = await busybox(cleanup, 'sharer', '--network', `container:${owner.id}`)
  const all = [owner, web, sharer]
  const measuring = measuringAt(engine, { isHelperAllowed: true })
  expect(pairOf(await sweepOf(measuring, all), sharer, web).verdict).toBe('reachable')
  await docker(['restart', owner.id])
  const results = await sweepOf(measuring, all)
  expect(pairOf(results, owner, web).verdict).toBe('reachable')
  const ping = pairOf(results, sharer, web).addresses.map(({ address }) =>
    docker(['exec', sharer.id, 'ping', '-c', '1', '-W', '1', address])
  )
  expect((await Promise.allSettled(ping)).map(({ status }) => status)).toEqual(['rejected'])
  const noNetwork = { code: 'no-network', side: 'source' }
  expect(pairOf(results, sharer, web)).toMatchObject({
    verdict: 'unreachable',
    measured: true,
    reason: noNetwork
  })
  expect(pairOf(results, sharer, owner)).toMatchObject({
    verdict: 'unreachable',
    reason: noNetwork
  })
  expect(pairOf(results, web, sharer)).toMatchObject({
    verdict: 'unreachable',
    measured: false,
    reason: { code: 'no-network', side: 'target' }
  })
})

it('a target that restarts again and again', async () => {
  const web = await busybox(cleanup, 'web')
  const loop = await runContainer(cleanup, {
    image: imageReference('busybox'),
    name: uniqueName('loop'),
    args: ['--restart', 'always'],
    command: ['false']
  })
  // Between two starts it waits, longer each time; a start that a sweep meets by chance is no mistake.
  const look = async () => {
    const pair = pairOf(await sweepOf(measuringAt(engine), [web, loop]), web, loop)
    return pair.measured ? 'measured' : pair.reason
  }
  await expect
    .poll(look, { timeout: 120_000 })
    .toEqual({ code: 'target-not-running', state: 'restarting' })
})
