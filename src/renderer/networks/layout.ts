import { freshPlaces } from './fresh-layout'
import { ADRIFT_KEY, placedOf, type Graph, type Placed } from './graph'
import {
  boundsOf,
  centreOf,
  hubRoom,
  nodeRoom,
  nodeWidth,
  overlaps,
  REACH,
  ROW,
  type Box,
  type Point
} from './geometry'

/** The frame's width to its height where it is not known. */
const DEFAULT_ASPECT = 1.4
/** The step of the columns that a new container is tried in, and of the grid between hubs. */
const COLUMN = 150

/** Where everything of a chart is, and where what has gone was. */
export interface Layout {
  readonly hubs: ReadonlyMap<string, Point>
  readonly nodes: ReadonlyMap<string, Point>
  /** The networks of each placed container: with others it may get another place. */
  readonly signatures: ReadonlyMap<string, string>
  /** The containers whose lines run to the left and right also where they stand between hubs. */
  readonly across: ReadonlySet<string>
  /** Every place that was ever given, by {@link memoryKey}: who comes back finds it again, unless somebody stands there. */
  readonly memory: ReadonlyMap<string, Point>
}

/**
 * Places for a chart. What has a place keeps it; a container that changed its networks moves beside them, and what is new comes to
 * the nearest free place. With no chart before, or an empty one, everything is placed anew.
 */
export function placeGraph(graph: Graph, before?: Layout, aspect = DEFAULT_ASPECT): Layout {
  if (!before || before.hubs.size + before.nodes.size === 0) {
    const { hubs, nodes, across } = freshPlaces(graph, aspect)
    const signatures = new Map(placedOf(graph).map((node) => [node.key, signatureOf(node)]))
    const memory = new Map(before?.memory)
    for (const [key, at] of hubs) memory.set(memoryKey(key), at)
    for (const [key, at] of nodes) memory.set(memoryKey(key, signatures.get(key)), at)
    // A container whose owner is not on the chart hangs on no tree.
    return placeMissing(graph, { hubs, nodes, signatures, across, memory })
  }
  return placeMissing(graph, before)
}

/** The layout with one container moved by hand. */
export function moveNode(layout: Layout, key: string, at: Point): Layout {
  const memory = new Map(layout.memory).set(memoryKey(key, layout.signatures.get(key)), at)
  const across = new Set(layout.across)
  const hubs = (layout.signatures.get(key) ?? '')
    .split('\n')
    .flatMap((hub) => layout.hubs.get(hub) ?? [])
  if (isAcross(at, hubs)) across.add(key)
  else across.delete(key)
  return { ...layout, nodes: new Map(layout.nodes).set(key, at), across, memory }
}

/** The room that everything of a layout takes. */
export function layoutBounds({ hubs, nodes }: Layout): Box | undefined {
  return boundsOf([
    ...[...hubs.values()].map(hubRoom),
    ...[...nodes].map(([key, at]) => nodeRoom(key, at))
  ])
}

function placeMissing(graph: Graph, before: Layout): Layout {
  const hubs = new Map<string, Point>()
  const nodes = new Map<string, Point>()
  const signatures = new Map<string, string>()
  const across = new Set<string>()
  const memory = new Map(before.memory)
  const taken: Box[] = []
  for (const { key } of graph.hubs) {
    const at = before.hubs.get(key)
    if (!at) continue
    hubs.set(key, at)
    taken.push(hubRoom(at))
  }
  for (const node of placedOf(graph)) {
    signatures.set(node.key, signatureOf(node))
    const at = before.nodes.get(node.key)
    if (!at || before.signatures.get(node.key) !== signatureOf(node)) continue
    nodes.set(node.key, at)
    if (before.across.has(node.key)) across.add(node.key)
    taken.push(nodeRoom(node.key, at))
  }
  const isFree = (box: Box): boolean => taken.every((other) => !overlaps(box, other))
  for (const { key } of graph.hubs) {
    if (hubs.has(key)) continue
    const known = memory.get(memoryKey(key))
    const at = known && isFree(hubRoom(known)) ? known : findHubPlace(graph, key, nodes, taken)
    hubs.set(key, at)
    memory.set(memoryKey(key), at)
    taken.push(hubRoom(at))
  }
  for (const node of placedOf(graph)) {
    if (nodes.has(node.key)) continue
    const known = memory.get(memoryKey(node.key, signatures.get(node.key)))
    const at =
      known && isFree(nodeRoom(node.key, known))
        ? known
        : nearestFree(candidatesOf(node, hubs, nodes), (at) => nodeRoom(node.key, at), taken)
    nodes.set(node.key, at)
    if (
      isAcross(
        at,
        node.links.flatMap(({ hubKey }) => hubs.get(hubKey) ?? [])
      )
    )
      across.add(node.key)
    memory.set(memoryKey(node.key, signatures.get(node.key)), at)
    taken.push(nodeRoom(node.key, at))
  }
  return { hubs, nodes, signatures, across, memory }
}

/** Its hubs lie more to its sides than above and below it. */
function isAcross(at: Point, hubs: readonly Point[]): boolean {
  return hubs.every(({ x, y }) => Math.abs(x - at.x) > Math.abs(y - at.y))
}

function signatureOf({ links, ownerKey }: Placed): string {
  return [ownerKey ?? '', ...links.map(({ hubKey }) => hubKey).sort()].join('\n')
}

function memoryKey(key: string, signature?: string): string {
  return signature === undefined ? `hub\n${key}` : `node\n${key}\n${signature}`
}

interface Candidate extends Point {
  readonly cost: number
}

function candidatesOf(
  { key, links, ownerKey }: Placed,
  hubs: ReadonlyMap<string, Point>,
  nodes: ReadonlyMap<string, Point>
): Candidate[] {
  const owner = ownerKey === undefined ? undefined : nodes.get(ownerKey)
  if (owner) return around(owner, ROW)
  const places = links.flatMap(({ hubKey }) => hubs.get(hubKey) ?? [])
  const [only] = places
  return places.length === 1 && only
    ? besideHub(only, nodeWidth(key))
    : around(centreOf(places), COLUMN)
}

/** The columns to both sides of a hub, the near ones first. */
function besideHub(hub: Point, width: number): Candidate[] {
  const candidates: Candidate[] = []
  for (let column = 0; column < 4; column++) {
    for (let half = -24; half <= 24; half++) {
      for (const side of [1, -1]) {
        candidates.push({
          x: hub.x + side * (REACH + width / 2 + column * COLUMN),
          y: hub.y + (half * ROW) / 2,
          // A row further is as good as a third of a column; of equals the right, then the lower.
          cost: column * 3 + Math.abs(half) / 2 + (side < 0 ? 0.2 : 0) + (half < 0 ? 0.1 : 0)
        })
      }
    }
  }
  return candidates.sort((a, b) => a.cost - b.cost)
}

/** A grid around a point, the near places first. */
function around({ x, y }: Point, stepX: number, rings = 24): Candidate[] {
  const candidates: Candidate[] = []
  for (let column = -rings; column <= rings; column++) {
    for (let row = -rings; row <= rings; row++) {
      const [dx, dy] = [(column * stepX) / 2, (row * ROW) / 2]
      candidates.push({ x: x + dx, y: y + dy, cost: Math.hypot(dx, dy * 1.5) + (dy < 0 ? 1 : 0) })
    }
  }
  return candidates.sort((a, b) => a.cost - b.cost)
}

/** A new hub comes near its members, or else near the middle, where containers have room beside it too. */
function findHubPlace(
  graph: Graph,
  key: string,
  nodes: ReadonlyMap<string, Point>,
  taken: readonly Box[]
): Point {
  const members = graph.nodes
    .filter(({ links }) => links.some(({ hubKey }) => hubKey === key))
    .flatMap((node) => nodes.get(node.key) ?? [])
  const centre = members.length > 0 ? centreOf(members) : (boundsOf(taken) ?? { x: 0, y: 0 })
  const roomy = (at: Point): Box => ({ ...hubRoom(at), width: key === ADRIFT_KEY ? 200 : 560 })
  return nearestFree(around(centre, COLUMN, 40), roomy, taken)
}

function nearestFree(
  candidates: readonly Candidate[],
  roomOf: (at: Point) => Box,
  taken: readonly Box[]
): Point {
  const free = candidates.find((at) => {
    const room = roomOf(at)
    return taken.every((other) => !overlaps(room, other))
  })
  if (free) return { x: free.x, y: free.y }
  // Nothing near: below everything there is always room.
  const bounds = boundsOf(taken)
  const [first] = candidates
  return { x: first?.x ?? 0, y: (bounds?.y ?? 0) + (bounds?.height ?? 0) / 2 + 100 }
}
