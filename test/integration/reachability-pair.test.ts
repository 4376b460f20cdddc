import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/main/engine/engine'
import { lookClosely } from '../../src/main/reachability/depth'
import type { PairDepth } from '../../src/shared/reachability/depth'
import { createCleanup, createNetwork, docker, uniqueName } from '../engine/context'
import {
  busybox,
  connect,
  helpersLeft,
  measuringAt,
  pairOf,
  server,
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

function look(source: Member, target: Member, ports: readonly number[] = []): Promise<PairDepth> {
  const at = (member: Member) => ({ ...member, state: 'running' as const })
  return lookClosely({ ...measuringAt(engine), source: at(source), target: at(target), ports })
}

it('shows the path of a pair, the files of both, and what docker’s DNS answers', async () => {
  const net = uniqueName('net')
  await createNetwork(cleanup, net, ['--subnet', '10.213.7.0/24'])
  const db = await server(
    cleanup,
    'db',
    '--network',
    net,
    '--network-alias',
    'store',
    '--hostname',
    'dbhost'
  )
  const web = await busybox(cleanup, 'web', '--network', net, '--add-host', 'far:10.9.9.9')
  await docker(['network', 'connect', 'bridge', web.name])
  const depth = await look(web, db, [8080, 81])
  expect(depth.result).toMatchObject({ verdict: 'reachable', measured: true })
  expect(depth.result.ports).toMatchObject([
    { port: 8080, networkName: net, outcome: 'open' },
    { port: 81, networkName: net, outcome: 'refused' }
  ])
  const known = depth.result.names.map(({ name, outcome, from }) => [name, outcome, from])
  expect(known).toEqual(
    [db.name, 'store', 'dbhost', db.id.slice(0, 12), `${db.name}.${net}`].map((name) => [
      name,
      'resolved',
      'dns'
    ])
  )
  const networkId = (await docker(['network', 'inspect', '--format', '{{.Id}}', net])).trim()
  const bridge = `br-${networkId.slice(0, 12)}`
  expect(depth.source.networks).toMatchObject([
    { networkName: net, bridge, subnets: ['10.213.7.0/24'], gateway: '10.213.7.1', isCommon: true },
    { networkName: 'bridge', bridge: 'docker0', isCommon: false }
  ])
  expect(depth.target.networks).toHaveLength(1)
  expect(depth.target.exposedPorts).toEqual([8080])
  expect(depth.isolation).toEqual([{ code: 'same-bridge', networkName: net, bridge }])
  for (const [end, member] of [
    [depth.source, web],
    [depth.target, db]
  ] as const) {
    const text = await docker(['exec', member.id, 'cat', '/etc/hosts'])
    expect(end.hosts).toEqual({ text, isCut: false })
    const resolver = await docker(['exec', member.id, 'cat', '/etc/resolv.conf'])
    expect(end.resolver).toEqual({ text: resolver, isCut: false })
  }
  expect(depth.source.hosts).toMatchObject({ text: expect.stringContaining('10.9.9.9\tfar') })
  expect(depth.commands.length).toBeGreaterThan(6)
})

it('tells a container that drops pings from one that is away: its TCP port answers', async () => {
  const net = uniqueName('net')
  await createNetwork(cleanup, net)
  const deaf = ['--network', net, '--sysctl', 'net.ipv4.icmp_echo_ignore_all=1']
  const web = await busybox(cleanup, 'web', '--network', net)
  const open = await server(cleanup, 'open', ...deaf)
  const shut = await busybox(cleanup, 'shut', '--expose', '8080', ...deaf)
  const results = await sweepOf(measuringAt(engine), [web, open, shut])
  expect(pairOf(results, web, open)).toMatchObject({
    verdict: 'reachable',
    measured: true,
    addresses: [{ outcome: 'timeout' }],
    ports: [{ port: 8080, outcome: 'open' }],
    reason: { code: 'icmp-dropped', port: 8080 }
  })
  expect(pairOf(results, web, shut)).toMatchObject({
    verdict: 'unreachable',
    measured: true,
    ports: [{ port: 8080, outcome: 'refused' }],
    reason: { code: 'no-answer', networkNames: [net] }
  })
  expect(pairOf(results, open, web)).toMatchObject({ verdict: 'reachable' })
  expect(pairOf(results, open, web)).not.toHaveProperty('ports')
})
