import { describe, expect, it } from 'vitest'
import type { Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { hubRoom, nodeRoom, overlaps, type Box } from './geometry'
import { buildGraph, type Graph } from './graph'
import { moveNode, placeGraph, type Layout } from './layout'

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

function container(name: string, networks: readonly string[], networkMode = 'bridge'): Container {
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
    networkMode,
    attachments: networks.map((networkName, at) => ({
      networkId: `id-${networkName}`,
      networkName,
      ipAddress: `10.0.0.${at + 2}`,
      ipv6Address: '',
      macAddress: ''
    })),
    mounts: [],
    labels: {}
  }
}

/** Many containers on some networks, a third of them on two. */
function crowd(count: number, networks: number): Graph {
  const names = Array.from({ length: networks }, (_, at) => `net-${at}`)
  const containers = Array.from({ length: count }, (_, at) => {
    const first = `net-${(at * 7) % networks}`
    const second = `net-${(at * 5 + 1) % networks}`
    return container(`c-${at}`, at % 3 === 0 && second !== first ? [first, second] : [first])
  })
  return buildGraph(
    containers,
    names.map((name) => network(name))
  )
}

function expectNoOverlap(layout: Layout): void {
  const boxes: (readonly [string, Box])[] = [
    ...[...layout.hubs].map(([key, at]) => [`hub ${key}`, hubRoom(at)] as const),
    ...[...layout.nodes].map(([key, at]) => [key, nodeRoom(key, at)] as const)
  ]
  const clashes = boxes.flatMap(([name, box], at) =>
    boxes
      .slice(at + 1)
      .filter(([, other]) => overlaps(box, other))
      .map(([other]) => `${name} on ${other}`)
  )
  expect(clashes).toEqual([])
}

describe('placeGraph', () => {
  it.each([
    [3, 1],
    [5, 2],
    [20, 3],
    [60, 1],
    [60, 6],
    [60, 12],
    [200, 20]
  ])('places %i containers on %i networks, none on another', (count, networks) => {
    const graph = crowd(count, networks)
    const layout = placeGraph(graph)
    expect(layout.nodes.size).toBe(count)
    expect(layout.hubs.size).toBe(networks)
    expectNoOverlap(layout)
  })

  it('gives the same places to the same chart, in whatever order it comes', () => {
    const containers = ['a', 'b', 'c', 'd'].map((name) => container(name, ['x', 'y']))
    const networks = ['x', 'y'].map((name) => network(name))
    const one = placeGraph(buildGraph(containers, networks))
    const two = placeGraph(buildGraph([...containers].reverse(), [...networks].reverse()))
    expect(two.nodes).toEqual(one.nodes)
    expect(two.hubs).toEqual(one.hubs)
  })

  it('moves nobody when others come and go', () => {
    const networks = ['x', 'y', 'z'].map((name) => network(name))
    const before = placeGraph(
      buildGraph(
        ['a', 'b', 'c'].map((name) => container(name, ['x'])),
        networks
      )
    )
    const more = [
      container('a', ['x']),
      container('c', ['x']),
      container('d', ['x']),
      container('e', ['y', 'z']),
      container('f', ['new'])
    ]
    const after = placeGraph(buildGraph(more, [...networks, network('new')]), before)
    for (const key of ['a', 'c']) expect(after.nodes.get(key)).toEqual(before.nodes.get(key))
    for (const key of ['x', 'y', 'z']) expect(after.hubs.get(key)).toEqual(before.hubs.get(key))
    expect(after.nodes.has('b')).toBe(false)
    expectNoOverlap(after)
  })

  it('keeps the place of what goes away for when it comes back, unless it is taken', () => {
    const chart = (names: readonly string[]): Graph =>
      buildGraph(
        names.map((name) => container(name, ['x'])),
        [network('x')]
      )
    const before = placeGraph(chart(['a', 'b', 'c']))
    const without = placeGraph(chart(['a', 'c']), before)
    const back = placeGraph(chart(['a', 'b', 'c']), without)
    expect(back.nodes.get('b')).toEqual(before.nodes.get('b'))
    const squatted = placeGraph(chart(['a', 'c', 'd']), without)
    const crowded = placeGraph(chart(['a', 'b', 'c', 'd']), squatted)
    expect(crowded.nodes.get('d')).toEqual(squatted.nodes.get('d'))
    expectNoOverlap(crowded)
  })

  it('moves a container that joins a second network between the two, and back again', () => {
    const networks = ['x', 'y'].map((name) => network(name))
    const chart = (webNetworks: readonly string[]): Graph =>
      buildGraph([container('db', ['y']), container('web', webNetworks)], networks)
    const apart = placeGraph(chart(['x']))
    const joined = placeGraph(chart(['x', 'y']), apart)
    expect(joined.nodes.get('db')).toEqual(apart.nodes.get('db'))
    expect(joined.nodes.get('web')).not.toEqual(apart.nodes.get('web'))
    expect(placeGraph(chart(['x']), joined).nodes.get('web')).toEqual(apart.nodes.get('web'))
  })

  it('leaves what was moved by hand where it was put', () => {
    const graph = crowd(5, 2)
    const moved = moveNode(placeGraph(graph), 'c-1', { x: 900, y: 900 })
    expect(placeGraph(graph, moved).nodes.get('c-1')).toEqual({ x: 900, y: 900 })
  })

  it('has a place for who shares a namespace, is on no network, or on the host', () => {
    const graph = buildGraph(
      [
        container('app', ['x']),
        container('sidecar', [], 'container:id-app'),
        container('stray', [], 'container:gone'),
        container('loner', []),
        container('agent', ['host'], 'host')
      ],
      [network('x'), network('host', 'host'), network('none', 'null')]
    )
    expect(graph.hubs.map(({ kind }) => kind).sort()).toEqual(['adrift', 'host', 'network'])
    const layout = placeGraph(graph)
    expect([...layout.nodes.keys()].sort()).toEqual(['agent', 'app', 'loner', 'sidecar', 'stray'])
    expectNoOverlap(layout)
  })
})

describe('buildGraph', () => {
  it('tells two networks of one name apart', () => {
    const twins = [network('x'), { ...network('x'), id: 'id-x2' }]
    const graph = buildGraph([container('a', ['x'])], twins)
    expect(new Set(graph.hubs.map(({ key }) => key)).size).toBe(2)
    expect(graph.nodes[0]?.links[0]?.networkId).toBe('id-x')
  })

  it('finds the network of a container that never ran by its name', () => {
    const created = container('a', ['x'])
    const attachments = created.attachments.map((each) => ({ ...each, networkId: '' }))
    const graph = buildGraph([{ ...created, state: 'created', attachments }], [network('x')])
    expect(graph.nodes[0]?.links).toEqual([{ hubKey: 'x', networkId: 'id-x', address: '10.0.0.2' }])
  })
})
