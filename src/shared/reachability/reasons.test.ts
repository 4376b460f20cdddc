import { describe, expect, it } from 'vitest'
import type { AddressOutcome, AddressResult, NameOutcome } from './model'
import { judge, type Evidence, type Judgement } from './reasons'
import type { NetworkFacts, Node, NodeAttachment, Topology } from './topology'

function network(name: string, facts: Partial<NetworkFacts> = {}): NetworkFacts {
  return {
    id: `id-${name}`,
    name,
    driver: 'bridge',
    internal: false,
    icc: true,
    connectable: !['bridge', 'host', 'none'].includes(name),
    subnets: [],
    ...facts
  }
}

function on(networkName: string, ipAddress = '10.0.0.9'): NodeAttachment {
  const networkId = `id-${networkName}`
  return { networkId, networkName, ipAddress, ipv6Address: '', gateway: '10.0.0.1', aliases: [] }
}

function node(
  name: string,
  attachments: readonly NodeAttachment[],
  more: Partial<Node> = {}
): Node {
  const networkMode = attachments[0]?.networkName ?? 'bridge'
  return {
    id: name,
    name,
    state: 'running',
    networkMode,
    attachments,
    links: [],
    exposedPorts: [],
    ...more
  }
}

interface Setup {
  readonly source: Node
  readonly target: Node
  readonly networks?: readonly NetworkFacts[]
  readonly others?: readonly Node[]
  readonly outcomes?: readonly AddressOutcome[]
  readonly names?: readonly NameOutcome[]
  readonly ports?: Evidence['ports']
  /** What the names are called; default: all like the target. */
  readonly nameList?: readonly string[]
  readonly family?: 4 | 6
  readonly obstacle?: Evidence['obstacle']
}

function judged(setup: Setup): Judgement {
  const { source, target, others = [], outcomes = [], names = [], obstacle } = setup
  const named = ['bridge', 'net', 'other'].map((name) => network(name))
  const networks = new Map([...named, ...(setup.networks ?? [])].map((facts) => [facts.id, facts]))
  const nodes = new Map([source, target, ...others].map((each) => [each.id, each]))
  const topology: Topology = { nodes, networks }
  const addresses = outcomes.map((outcome): AddressResult => {
    return {
      networkId: 'id-net',
      networkName: 'net',
      address: '10.0.0.9',
      family: setup.family ?? 4,
      outcome
    }
  })
  return judge({
    source,
    target,
    topology,
    addresses,
    names: names.map((outcome, at) => ({ name: setup.nameList?.[at] ?? target.name, outcome })),
    ports: setup.ports ?? [],
    ...(obstacle && { obstacle })
  })
}

const web = node('web', [on('bridge')])
const db = node('db', [on('net')])
const api = node('api', [on('net')])

describe('judge', () => {
  it('calls an answer reachable, with nothing to explain', () => {
    expect(
      judged({ source: api, target: db, outcomes: ['answered'], names: ['resolved'] })
    ).toEqual({
      verdict: 'reachable',
      measured: true
    })
  })

  it('is reachable where a TCP port answers though pings are dropped', () => {
    const port = { port: 80, address: '10.0.0.9', networkName: 'net' }
    const silent = { source: api, target: db, outcomes: ['timeout'] } as const
    expect(judged({ ...silent, ports: [{ ...port, outcome: 'open' }] })).toEqual({
      verdict: 'reachable',
      measured: true,
      reason: { code: 'icmp-dropped', port: 80 }
    })
    // A firewall may refuse as well.
    expect(judged({ ...silent, ports: [{ ...port, outcome: 'refused' }] })).toMatchObject({
      verdict: 'unreachable',
      reason: { code: 'no-answer' }
    })
  })

  it('tells an alias of a network that the source is not on, and an address of a family that it lacks', () => {
    const back = { ...on('other'), aliases: ['store'] }
    const both = node('store-1', [on('net'), back])
    const names = { source: api, target: both, outcomes: ['answered'] } as const
    expect(
      judged({ ...names, names: ['resolved', 'failed'], nameList: ['store-1', 'store'] })
    ).toEqual({
      verdict: 'reachable',
      measured: true,
      reason: { code: 'alias-elsewhere', name: 'store', networkName: 'other' }
    })
    const all = {
      ...names,
      names: ['resolved', 'resolved'],
      nameList: ['store-1', 'store']
    } as const
    expect(judged(all)).not.toHaveProperty('reason')
    expect(judged({ ...names, outcomes: ['answered', 'unreachable'], family: 6 })).toMatchObject({
      verdict: 'reachable',
      reason: { code: 'no-ipv6', networkName: 'net' }
    })
  })

  it('is reachable when one of several addresses answered', () => {
    const result = judged({ source: api, target: db, outcomes: ['timeout', 'answered'] })
    expect(result.verdict).toBe('reachable')
  })

  it('explains a pair without a common network, and how to join it', () => {
    expect(judged({ source: web, target: db, outcomes: ['timeout'] })).toEqual({
      verdict: 'unreachable',
      measured: true,
      reason: { code: 'no-common-network', sourceNetworks: ['bridge'], targetNetworks: ['net'] },
      suggestion: { kind: 'connect', containerId: 'web', networkId: 'id-net' }
    })
  })

  it('suggests to move the target where the source has the better network', () => {
    const { suggestion } = judged({ source: db, target: web, outcomes: ['timeout'] })
    expect(suggestion).toEqual({ kind: 'connect', containerId: 'web', networkId: 'id-net' })
  })

  it('prefers a network with a way out to an internal one', () => {
    const target = node('db', [on('inside'), on('net')])
    const networks = [network('inside', { internal: true })]
    const { suggestion } = judged({ source: web, target, networks, outcomes: ['timeout'] })
    expect(suggestion?.networkId).toBe('id-net')
  })

  it('never claims what was not measured', () => {
    expect(judged({ source: api, target: db, outcomes: ['not-measured'] })).toMatchObject({
      verdict: 'unknown',
      measured: false
    })
    const obstacle = { code: 'not-measurable', obstacle: 'probe-refused' } as const
    expect(judged({ source: web, target: db, obstacle })).toEqual({
      verdict: 'unknown',
      measured: false,
      reason: obstacle
    })
  })

  it.each(['created', 'exited', 'dead', 'restarting', 'removing'] as const)(
    'infers from a target that is %s',
    (state) => {
      expect(judged({ source: api, target: { ...db, state } })).toEqual({
        verdict: 'unreachable',
        measured: false,
        reason: { code: 'target-not-running', state }
      })
    }
  )

  it('knows nothing of a source that does not run, or is paused', () => {
    expect(judged({ source: { ...api, state: 'exited' }, target: db })).toEqual({
      verdict: 'unknown',
      measured: false,
      reason: { code: 'source-not-running', state: 'exited' }
    })
    expect(judged({ source: { ...api, state: 'paused' }, target: db })).toEqual({
      verdict: 'unknown',
      measured: false,
      reason: { code: 'source-paused' }
    })
  })

  it('says that a paused target answers by its kernel alone', () => {
    const target: Node = { ...db, state: 'paused' }
    expect(judged({ source: api, target, outcomes: ['answered'] })).toMatchObject({
      verdict: 'reachable',
      reason: { code: 'target-paused' }
    })
  })

  it('explains network none on either side', () => {
    const alone = node('alone', [on('none', '')], { networkMode: 'none' })
    expect(judged({ source: api, target: alone })).toEqual({
      verdict: 'unreachable',
      measured: false,
      reason: { code: 'network-none', side: 'target' }
    })
    const outward = judged({ source: alone, target: db, outcomes: ['unreachable'] })
    expect(outward).toMatchObject({
      verdict: 'unreachable',
      measured: true,
      reason: { code: 'network-none', side: 'source' }
    })
    // The engine refuses to connect it, so it is not suggested; db cannot be moved onto "none" either.
    expect(outward.suggestion).toBeUndefined()
  })

  it('explains a container that was taken off every network', () => {
    const detached = node('detached', [], { networkMode: 'net' })
    expect(judged({ source: api, target: detached })).toMatchObject({
      verdict: 'unreachable',
      measured: false,
      reason: { code: 'no-network', side: 'target' }
    })
    expect(judged({ source: detached, target: db, outcomes: ['unreachable'] })).toMatchObject({
      reason: { code: 'no-network', side: 'source' },
      suggestion: { containerId: 'detached', networkId: 'id-net' }
    })
  })

  it('notes the host network where it was reached, and gives up where it has no address', () => {
    const host = node('host', [on('host', '')], { networkMode: 'host' })
    expect(judged({ source: host, target: db, outcomes: ['answered'] })).toMatchObject({
      verdict: 'reachable',
      reason: { code: 'host-network', side: 'source' }
    })
    expect(judged({ source: db, target: host, outcomes: ['answered'] })).toMatchObject({
      verdict: 'reachable',
      reason: { code: 'host-network', side: 'target' }
    })
    expect(judged({ source: db, target: host })).toEqual({
      verdict: 'unknown',
      measured: false,
      reason: { code: 'not-measurable', obstacle: 'target-on-host' }
    })
  })

  it('knows that one namespace is one place, even when no probe ran', () => {
    const sharer = node('sharer', [], { networkMode: 'container:db' })
    const obstacle = { code: 'not-measurable', obstacle: 'probe-failed' } as const
    const reason = { code: 'shared-namespace', ownerId: 'db' }
    expect(judged({ source: sharer, target: db, obstacle })).toEqual({
      verdict: 'reachable',
      measured: false,
      reason
    })
    expect(judged({ source: db, target: sharer, outcomes: ['answered'] })).toEqual({
      verdict: 'reachable',
      measured: true,
      reason
    })
  })

  it('judges a sharer by its owner’s networks and never suggests to connect it', () => {
    const sharer = node('sharer', [], { networkMode: 'container:web' })
    expect(judged({ source: sharer, target: db, others: [web], outcomes: ['timeout'] })).toEqual({
      verdict: 'unreachable',
      measured: true,
      reason: { code: 'no-common-network', sourceNetworks: ['bridge'], targetNetworks: ['net'] }
    })
  })

  it('says that the default bridge has no names', () => {
    const other = node('other', [on('bridge'), on('net')])
    expect(
      judged({ source: web, target: other, outcomes: ['answered'], names: ['not-found'] })
    ).toEqual({
      verdict: 'reachable',
      measured: true,
      reason: { code: 'default-bridge-has-no-names' },
      suggestion: { kind: 'connect', containerId: 'web', networkId: 'id-net' }
    })
    // A --link gives it one.
    expect(
      judged({
        source: web,
        target: other,
        outcomes: ['answered'],
        names: ['not-found', 'resolved']
      })
    ).toEqual({
      verdict: 'reachable',
      measured: true
    })
  })

  it('says which names a network does not know', () => {
    const { reason } = judged({
      source: api,
      target: db,
      outcomes: ['answered'],
      names: ['failed']
    })
    expect(reason).toEqual({ code: 'name-not-found', names: ['db'] })
  })

  it('explains internal networks, on either side', () => {
    const networks = [network('inside', { internal: true })]
    const inner = node('inner', [on('inside')])
    expect(
      judged({ source: inner, target: db, networks, outcomes: ['unreachable'] }).reason
    ).toEqual({
      code: 'internal',
      side: 'source',
      networkName: 'inside'
    })
    expect(judged({ source: db, target: inner, networks, outcomes: ['timeout'] }).reason).toEqual({
      code: 'internal',
      side: 'target',
      networkName: 'inside'
    })
  })

  it('explains silence on a common network', () => {
    expect(judged({ source: api, target: db, outcomes: ['timeout'] }).reason).toEqual({
      code: 'no-answer',
      networkNames: ['net']
    })
    const networks = [network('net', { icc: false })]
    expect(judged({ source: api, target: db, networks, outcomes: ['timeout'] }).reason).toEqual({
      code: 'icc-disabled',
      networkName: 'net'
    })
  })

  it('admits an answer that no network explains', () => {
    expect(judged({ source: web, target: db, outcomes: ['answered'] }).reason).toEqual({
      code: 'reached-without-common-network'
    })
  })

  it('does not take a forbidden ping for an unreachable target', () => {
    expect(judged({ source: api, target: db, outcomes: ['denied'] })).toEqual({
      verdict: 'unknown',
      measured: false,
      reason: { code: 'not-measurable', obstacle: 'icmp-denied' }
    })
  })
})
