import { describe, expect, it } from 'vitest'
import type { Container, PortBinding } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { overlaps } from './geometry'
import { buildGraph } from './graph'
import { placeGraph } from './layout'
import { containersOf, networksOf, partKey } from './part'
import { portsOf } from './ports'
import { regionsOf, shownNames } from './regions'

function network(name: string, driver = 'bridge'): Network {
  return {
    endpointId: 'e',
    id: `id-${name}`,
    name,
    driver,
    scope: 'local',
    internal: false,
    attachable: false,
    ipv6: false,
    ranges: [],
    createdAtMs: 0,
    labels: {}
  }
}

function container(
  name: string,
  networks: readonly string[],
  more: Partial<Pick<Container, 'networkMode' | 'ports' | 'labels'>> = {}
): Container {
  return {
    endpointId: 'e',
    id: `id-${name}`,
    name,
    image: 'busybox',
    imageId: 'sha256:0',
    command: 'sh',
    state: 'running',
    createdAtMs: 0,
    ports: [],
    networkMode: networks[0] ?? 'none',
    attachments: networks.map((networkName, at) => ({
      networkId: `id-${networkName}`,
      networkName,
      ipAddress: `10.0.0.${at + 2}`,
      ipv6Address: '',
      macAddress: ''
    })),
    mounts: [],
    labels: {},
    ...more
  }
}

function of(project: string): { labels: Record<string, string> } {
  return { labels: { 'com.docker.compose.project': project } }
}

function published(hostPort: number, hostIp = '0.0.0.0', protocol = 'tcp'): PortBinding {
  return { containerPort: 80, protocol, hostPort, hostIp }
}

describe('regions', () => {
  const networks = ['shop_default', 'blog_default', 'bridge'].map((name) => network(name))
  const containers = [
    container('shop-web-1', ['shop_default', 'bridge'], of('shop')),
    container('shop-db-1', ['shop_default'], of('shop')),
    container('blog-web-1', ['blog_default', 'bridge'], of('blog')),
    container('blog-db-1', ['blog_default'], of('blog')),
    container('blog', ['bridge'], of('blog')),
    container('tinker', ['bridge'])
  ]
  const graph = buildGraph(containers, networks)

  it('holds what belongs to a project, its network too, and nothing else', () => {
    const regions = regionsOf(graph, placeGraph(graph))
    const shop = regions.filter(({ project }) => project === 'shop')
    expect(shop.flatMap(({ things }) => things).sort()).toEqual([
      'hub shop_default',
      'node shop-db-1',
      'node shop-web-1'
    ])
    for (const [at, one] of regions.entries())
      for (const two of regions.slice(at + 1))
        if (one.project !== two.project) expect(overlaps(one.box, two.box)).toBe(false)
    expect(regions.flatMap(({ things }) => things)).not.toContain('node tinker')
  })

  it('splits a project rather than take in what is not its own', () => {
    const layout = placeGraph(graph)
    const nodes = new Map(layout.nodes)
    nodes.set('shop-web-1', { x: 5000, y: 0 })
    nodes.set('tinker', { x: 5000, y: 100 })
    nodes.set('shop-db-1', { x: 5000, y: 200 })
    const hubs = new Map(layout.hubs).set('shop_default', { x: 5000, y: 320 })
    const shop = regionsOf(graph, { ...layout, hubs, nodes }).filter(
      ({ project }) => project === 'shop'
    )
    expect(shop.map(({ things, isNamed }) => `${things.length} ${isNamed}`).sort()).toEqual([
      '1 false',
      '2 true'
    ])
  })

  it('shortens names only where the region says the rest', () => {
    const names = shownNames([
      {
        key: 'a',
        project: 'shop',
        box: { x: 0, y: 0, width: 1, height: 1 },
        things: ['node shop-web-1', 'hub shop_default', 'node shopper', 'node shop', 'node other'],
        isNamed: true
      },
      {
        key: 'b',
        project: 'blog',
        box: { x: 0, y: 0, width: 1, height: 1 },
        things: ['node blog-web-1'],
        isNamed: false
      }
    ])
    expect(Object.fromEntries(names)).toEqual({
      'node shop-web-1': 'web-1',
      'hub shop_default': 'default',
      'node shopper': 'shopper',
      'node shop': 'shop',
      'node other': 'other'
    })
  })
})

describe('ports', () => {
  it('is one node a port of the host, by number, and says what is not usual', () => {
    const web = container('web', ['bridge'], {
      ports: [
        published(8080),
        published(8080, '::'),
        published(53, '', 'udp'),
        published(9000, '127.0.0.1'),
        { containerPort: 22, protocol: 'tcp' }
      ]
    })
    expect(portsOf([web], 'host').map(({ key }) => key)).toEqual([
      ':53/udp',
      ':8080',
      '127.0.0.1:9000'
    ])
  })

  it('brings the host onto the chart, and stands beside it', () => {
    const networks = [network('bridge'), network('host', 'host')]
    const plain = buildGraph([container('web', ['bridge'])], networks)
    expect(plain.hubs.map(({ key }) => key)).toEqual(['bridge'])
    const ports = [published(8080)]
    const graph = buildGraph([container('web', ['bridge'], { ports })], networks)
    expect(graph.hubs.map(({ key }) => key)).toEqual(['bridge', 'host'])
    const { hubs, nodes } = placeGraph(graph)
    const [host, port] = [hubs.get('host'), nodes.get(':8080')]
    expect(host && port && Math.abs(host.x - port.x)).toBeLessThan(250)
  })
})

describe('a part', () => {
  const networks = [network('one'), network('two'), network('host', 'host')]
  const web = container('web', ['one'], { ports: [published(8080)] })
  const api = container('api', ['one', 'two'], of('shop'))
  const db = container('db', ['two'])
  const guest = container('guest', [], { networkMode: 'container:id-web' })
  const all = [web, api, db, guest]
  const names = (part: { filter?: string; focusId?: string }): string[] =>
    containersOf(all, { filter: '', focusId: undefined, ...part }).map(({ name }) => name)

  it('is the whole where nothing is asked', () => {
    expect(partKey({ filter: '  ', focusId: undefined })).toBe('')
    expect(names({})).toEqual(['web', 'api', 'db', 'guest'])
    expect(networksOf(networks, all, { filter: '', focusId: undefined })).toBe(networks)
  })

  it('is found by name, network, label and published port', () => {
    expect(names({ filter: 'WEB' })).toEqual(['web'])
    expect(names({ filter: 'two' })).toEqual(['api', 'db'])
    expect(names({ filter: 'shop two' })).toEqual(['api'])
    expect(names({ filter: ':8080' })).toEqual(['web'])
    expect(names({ filter: 'nobody' })).toEqual([])
  })

  it('is a neighbourhood: whoever shares a network or a namespace, and only its middle’s networks', () => {
    expect(names({ focusId: web.id })).toEqual(['web', 'api', 'guest'])
    expect(names({ focusId: web.id, filter: 'api' })).toEqual(['api'])
    const part = { filter: '', focusId: web.id }
    const kept = networksOf(networks, containersOf(all, part), part)
    expect(kept.map(({ name }) => name)).toEqual(['one', 'host'])
  })
})
