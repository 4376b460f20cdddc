import { describe, expect, it } from 'vitest'
import type {
  NetworkFacts,
  Node,
  NodeAttachment,
  Topology
} from '../../shared/reachability/topology'
import { planDoubts, planSweep, type SourcePlan } from './plan'

function on(
  networkName: string,
  ipAddress: string,
  more: Partial<NodeAttachment> = {}
): NodeAttachment {
  return {
    networkId: networkName,
    networkName,
    ipAddress,
    ipv6Address: '',
    gateway: '10.0.0.1',
    aliases: [],
    ...more
  }
}

function node(id: string, attachments: readonly NodeAttachment[], more: Partial<Node> = {}): Node {
  const networkMode = attachments[0]?.networkName ?? 'none'
  return {
    id,
    name: id,
    state: 'running',
    networkMode,
    attachments,
    links: [],
    exposedPorts: [],
    ...more
  }
}

function plan(
  nodes: readonly Node[],
  drivers: Readonly<Record<string, string>> = {}
): SourcePlan[] {
  const networks = new Map(
    Object.entries(drivers).map(([name, driver]): [string, NetworkFacts] => [
      name,
      { id: name, name, driver, internal: false, icc: true, connectable: true, subnets: [] }
    ])
  )
  const topology: Topology = { nodes: new Map(nodes.map((each) => [each.id, each])), networks }
  return planSweep(nodes, topology)
}

/** The questions that one pair is answered by. */
function asked(plans: readonly SourcePlan[], sourceId: string, targetId: string): string[] {
  for (const { pairs, tasks } of plans) {
    const pair = pairs.find(
      ({ source, target }) => source.id === sourceId && target.id === targetId
    )
    if (pair) return [...pair.addresses, ...pair.names].map(({ task }) => tasks[task] ?? '?')
  }
  throw new Error(`${sourceId} > ${targetId} was not planned`)
}

describe('planSweep', () => {
  it('plans every ordered pair once, one run a source', () => {
    const plans = plan([
      node('a', [on('net', '10.0.0.2')]),
      node('b', [on('net', '10.0.0.3')]),
      node('c', [on('other', '10.1.0.2')])
    ])
    expect(plans).toHaveLength(3)
    const pairs = plans.flatMap(({ pairs: planned }) => planned)
    expect(new Set(pairs.map(({ source, target }) => `${source.id}${target.id}`))).toEqual(
      new Set(['ab', 'ac', 'ba', 'bc', 'ca', 'cb'])
    )
    expect(asked(plans, 'a', 'b')).toEqual(['ping=10.0.0.3', 'name=b'])
    // No common network: still measured.
    expect(asked(plans, 'a', 'c')).toEqual(['ping=10.1.0.2', 'name=c'])
  })

  it('asks each address of a target, and aliases only where they can be known', () => {
    const b = node('b0123456789abcd', [
      on('net', '10.0.0.3', { aliases: ['b0123456789a', 'db'] }),
      on('other', '10.1.0.3', { ipv6Address: 'fd00::3', aliases: ['database'] })
    ])
    const plans = plan([
      node('a', [on('net', '10.0.0.2')]),
      b,
      node('c', [on('third', '10.2.0.2')])
    ])
    expect(asked(plans, 'a', b.id)).toEqual([
      'ping=10.0.0.3',
      'ping=10.1.0.3',
      'ping=fd00:0:0:0:0:0:0:3',
      `name=${b.id}`,
      'name=db',
      'name=database'
    ])
    expect(asked(plans, 'c', b.id).filter((task) => task.startsWith('name='))).toEqual([
      `name=${b.id}`
    ])
  })

  it('asks for AAAA where a target has IPv6 alone', () => {
    const plans = plan([
      node('a', [on('net', '10.0.0.2')]),
      node('b', [on('net', '', { ipv6Address: 'fd00::3' })])
    ])
    expect(asked(plans, 'a', 'b')).toEqual(['ping=fd00:0:0:0:0:0:0:3', 'name6=b'])
  })

  it('asks for the names that --link gave', () => {
    const links = [{ target: 'b', alias: 'database' }]
    const plans = plan([
      node('a', [on('bridge', '10.0.0.2')], { links }),
      node('b', [on('bridge', '10.0.0.3')])
    ])
    expect(asked(plans, 'a', 'b')).toEqual(['ping=10.0.0.3', 'name=b', 'name=database'])
  })

  it('asks nothing of or from what does not run, and does ask a paused target', () => {
    const plans = plan([
      node('a', [on('net', '10.0.0.2')]),
      node('stopped', [on('net', '')], { state: 'exited' }),
      node('paused', [on('net', '10.0.0.4')], { state: 'paused' })
    ])
    expect(asked(plans, 'a', 'stopped')).toEqual([])
    expect(asked(plans, 'stopped', 'a')).toEqual([])
    expect(asked(plans, 'paused', 'a')).toEqual([])
    expect(asked(plans, 'a', 'paused')).toEqual(['ping=10.0.0.4', 'name=paused'])
  })

  it('meets a container on the host at the gateways of bridges, and of nothing else', () => {
    const plans = plan(
      [
        node('a', [on('net', '10.0.0.2'), on('lan', '192.168.1.9', { gateway: '192.168.1.1' })]),
        node('h', [on('host', '')], { networkMode: 'host' })
      ],
      { net: 'bridge', lan: 'macvlan' }
    )
    expect(asked(plans, 'a', 'h')).toEqual(['ping=10.0.0.1', 'name=h'])
    // The host's resolver is never asked for containers.
    expect(asked(plans, 'h', 'a')).toEqual(['ping=10.0.0.2', 'ping=192.168.1.9'])
  })

  it('measures a shared namespace once, and joins a sharer when its owner has stopped', () => {
    const sharer = node('sharer', [], { networkMode: 'container:a' })
    const a = node('a', [on('net', '10.0.0.2')])
    const b = node('b', [on('net', '10.0.0.3')])
    const plans = plan([a, sharer, b])
    expect(plans.map(({ namespace }) => namespace)).toEqual(['a', 'b'])
    expect(plans[0]?.tasks).toEqual([
      'ping=10.0.0.2',
      'name=sharer',
      'ping=10.0.0.3',
      'name=b',
      'name=a'
    ])
    expect(plans[0]?.joinable.map(({ id }) => id)).toEqual(['a', 'sharer'])
    const orphaned = plan([{ ...a, state: 'exited' }, sharer, b])
    expect(orphaned[0]?.joinable.map(({ id }) => id)).toEqual(['sharer'])
  })
})

describe('planDoubts', () => {
  it('asks the exposed ports of silent targets on a common network, and nothing of others', () => {
    const a = node('a', [on('net', '10.0.0.2')])
    const exposed = { exposedPorts: [80, 443] }
    const nodes = [
      a,
      node('silent', [on('net', '10.0.0.3'), on('far', '10.1.0.3')], exposed),
      node('heard', [on('net', '10.0.0.4')], exposed),
      node('shut', [on('net', '10.0.0.5')]),
      node('away', [on('far', '10.1.0.6')], exposed)
    ]
    const topology: Topology = {
      nodes: new Map(nodes.map((each) => [each.id, each])),
      networks: new Map()
    }
    const [first] = planSweep(nodes, topology)
    if (!first) throw new Error('nothing was planned')
    const doubts = planDoubts(first, topology, (task) => first.tasks[task] !== 'ping=10.0.0.4')
    expect(doubts.pairs.map(({ target }) => target.id)).toEqual(['silent'])
    expect(doubts.tasks.slice(first.tasks.length)).toEqual(['tcp=10.0.0.3:80', 'tcp=10.0.0.3:443'])
    expect(doubts.tasks.slice(0, first.tasks.length)).toEqual(first.tasks)
  })
})

describe('a plan of chosen pairs', () => {
  it('asks those, their ports, and every name that docker gives', () => {
    const nodes = ['a', 'b', 'c'].map((id, at) =>
      node(id, [on('net', `10.0.0.${at + 2}`)], { hostname: `${id}-host` })
    )
    const topology: Topology = {
      nodes: new Map(nodes.map((each) => [each.id, each])),
      networks: new Map()
    }
    const pairs = [{ sourceId: 'a', targetId: 'b' }]
    const [all, ...others] = planSweep(nodes, topology, { pairs, ports: [80], names: 'all' })
    expect(others).toEqual([])
    expect(all?.tasks).toEqual([
      'ping=10.0.0.3',
      'name=b',
      'name=b-host',
      'name=b.net',
      'tcp=10.0.0.3:80'
    ])
    const [bare] = planSweep(nodes, topology, { pairs, names: 'none' })
    expect(bare?.tasks).toEqual(['ping=10.0.0.3'])
  })
})
