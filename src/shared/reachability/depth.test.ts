import { expect, it } from 'vitest'
import { isolationOf, pathNetworks } from './depth'
import type { NetworkFacts, Node, Topology } from './topology'

function network(name: string, more: Partial<NetworkFacts> = {}): NetworkFacts {
  return {
    id: `id-${name}`,
    name,
    driver: 'bridge',
    internal: false,
    icc: true,
    connectable: true,
    bridge: `br-${name}`,
    subnets: ['10.0.0.0/24'],
    ...more
  }
}
const { bridge: _none, ...macvlan } = network('mac', { driver: 'macvlan' })
const networks = [
  network('net'),
  network('other'),
  network('inside', { internal: true }),
  network('strict', { icc: false }),
  macvlan
]

function node(id: string, networkMode: string, ...names: readonly string[]): Node {
  return {
    id,
    name: id,
    state: 'running',
    networkMode,
    attachments: names.map((networkName) => ({
      networkId: `id-${networkName}`,
      networkName,
      ipAddress: '10.0.0.2',
      ipv6Address: '',
      gateway: '10.0.0.1',
      aliases: []
    })),
    links: [],
    exposedPorts: []
  }
}

function isolation(source: Node, target: Node) {
  return isolationOf(source, target, topologyOf(source, target))
}
function topologyOf(...nodes: readonly Node[]): Topology {
  return {
    nodes: new Map(nodes.map((each) => [each.id, each])),
    networks: new Map(networks.map((each) => [each.id, each]))
  }
}

it('says what docker puts between two containers', () => {
  const [web, db] = [node('web', 'net', 'net'), node('db', 'other', 'other')]
  expect(isolation(web, node('too', 'net', 'net', 'other'))).toEqual([
    { code: 'same-bridge', networkName: 'net', bridge: 'br-net' }
  ])
  expect(isolation(web, db)).toEqual([
    { code: 'other-bridges', sourceBridges: ['br-net'], targetBridges: ['br-other'] }
  ])
  expect(isolation(web, node('in', 'inside', 'inside'))).toEqual([
    { code: 'other-bridges', sourceBridges: ['br-net'], targetBridges: ['br-inside'] },
    { code: 'internal', networkName: 'inside', bridge: 'br-inside' }
  ])
  const [one, two] = [node('one', 'strict', 'strict'), node('two', 'strict', 'strict')]
  expect(isolation(one, two)).toEqual([
    { code: 'icc-disabled', networkName: 'strict', bridge: 'br-strict' }
  ])
  expect(isolation(web, node('mac', 'mac', 'mac'))).toEqual([
    { code: 'other-driver', networkName: 'mac', driver: 'macvlan' }
  ])
  expect(isolation(web, node('host', 'host', 'host'))).toEqual([{ code: 'host', side: 'target' }])
  expect(isolation(node('none', 'none', 'none'), web)).toEqual([
    { code: 'no-network', side: 'source' }
  ])
  expect(isolation(web, node('sharer', 'container:web'))).toEqual([{ code: 'shared-namespace' }])
})

it('lists the networks of a namespace, the common ones first', () => {
  const [web, db] = [node('web', 'other', 'other', 'net'), node('db', 'net', 'net')]
  expect(pathNetworks(web, db, topologyOf(web, db))).toMatchObject([
    { networkName: 'net', bridge: 'br-net', gateway: '10.0.0.1', isCommon: true },
    { networkName: 'other', bridge: 'br-other', subnets: ['10.0.0.0/24'], isCommon: false }
  ])
})
