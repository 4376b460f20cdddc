import { describe, expect, it } from 'vitest'
import { attachmentsOf, canonicalAddress, namespaceOf, placeOf, type Node } from './topology'

function node(id: string, networkMode: string, networkNames: readonly string[] = []): Node {
  return {
    id,
    name: id,
    state: 'running',
    networkMode,
    links: [],
    exposedPorts: [],
    attachments: networkNames.map((networkName) => ({
      networkId: networkName,
      networkName,
      ipAddress: '',
      ipv6Address: '',
      gateway: '',
      aliases: []
    }))
  }
}

function topologyOf(...nodes: readonly Node[]) {
  return { nodes: new Map(nodes.map((each) => [each.id, each])), networks: new Map() }
}

describe('canonicalAddress', () => {
  it.each([
    ['172.17.0.2', '172.17.0.2'],
    ['', ''],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['FD00::00A2', 'fd00:0:0:0:0:0:0:a2'],
    ['fd00::', 'fd00:0:0:0:0:0:0:0'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:2:3', '1:2:3'],
    ['1:2:3:4:5:6:7:8::9', '1:2:3:4:5:6:7:8::9']
  ])('%s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical)
  })
})

describe('namespaces', () => {
  it('belong to their owner, the host, or a container that we do not know', () => {
    const owner = node('owner', 'net', ['net'])
    const sharer = node('sharer', 'container:owner')
    const onHost = node('h', 'host', ['host'])
    const lost = node('lost', 'container:gone')
    const topology = topologyOf(owner, sharer, onHost, lost)
    const names = [owner, sharer, onHost, lost].map((each) => namespaceOf(each, topology))
    expect(names).toEqual(['owner', 'owner', 'host', 'gone'])
    expect(attachmentsOf(sharer, topology)).toEqual(owner.attachments)
    expect(attachmentsOf(onHost, topology)).toEqual([])
  })

  it('end where containers join in a circle, which only a bad answer can say', () => {
    const a = node('a', 'container:b')
    const b = node('b', 'container:a')
    expect(namespaceOf(a, topologyOf(a, b))).toBe('b')
  })

  it('tell where a container is', () => {
    const nodes = [
      node('h', 'host', ['host']),
      node('n', 'none', ['none']),
      node('d', 'default', []),
      node('a', 'default', ['bridge']),
      node('sharer', 'container:n')
    ]
    const topology = topologyOf(...nodes)
    const places = nodes.map((each) => placeOf(each, topology))
    expect(places).toEqual(['host', 'none', 'detached', 'attached', 'none'])
  })
})
