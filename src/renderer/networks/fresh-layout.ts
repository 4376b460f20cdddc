import { compareNames, type Graph } from './graph'
import {
  boundsOf,
  COLUMN,
  FIRST_COLUMN,
  HUB_ROOM,
  hubRoom,
  nodeRoom,
  ROW,
  type Point
} from './geometry'
import { spanningTrees, type HubTree, type NodeTree } from './spanning-tree'

/** Width to height that the whole chart aims at. */
const ASPECT = 1.8
const GAP = 36

/** Something with its place, relative to the block that it is part of. */
interface Item extends Point {
  readonly kind: 'hub' | 'node'
  readonly key: string
}

/** Items laid out around 0/0; `height` is the room that they need up and down together. */
interface Block {
  readonly height: number
  readonly items: readonly Item[]
}

/** Places for everything, as if nothing had a place yet. The same chart always gives the same places. */
export function freshPlaces(graph: Graph): {
  readonly hubs: ReadonlyMap<string, Point>
  readonly nodes: ReadonlyMap<string, Point>
} {
  const blocks = spanningTrees(graph).map(rootBlock)
  const items = pack(blocks)
  return { hubs: placesOf(items, 'hub'), nodes: placesOf(items, 'node') }
}

function placesOf(items: readonly Item[], kind: Item['kind']): ReadonlyMap<string, Point> {
  return new Map(items.filter((item) => item.kind === kind).map(({ key, x, y }) => [key, { x, y }]))
}

/** The root spreads to both sides; where it leads on, to the side that is lower. */
function rootBlock(tree: HubTree): Block {
  const branches = tree.children.filter(({ hubs }) => hubs.length > 0)
  const leaves = tree.children.filter(({ hubs }) => hubs.length === 0)
  const left: NodeTree[] = []
  const right: NodeTree[] = []
  let [leftHeight, rightHeight] = [0, 0]
  const sized = branches
    .map((branch) => [branch, nodeBlock(branch, 1).height] as const)
    .sort(([, a], [, b]) => b - a)
  for (const [branch, height] of sized) {
    if (rightHeight <= leftHeight) {
      right.push(branch)
      rightHeight += height
    } else {
      left.push(branch)
      leftHeight += height
    }
  }
  // What is left evens the sides out, the upper part to the left as one reads.
  const even = (leftHeight + rightHeight + leaves.length * ROW) / 2
  const toLeft = Math.round(Math.max(0, Math.min(leaves.length, (even - leftHeight) / ROW)))
  left.push(...leaves.slice(0, toLeft))
  right.push(...leaves.slice(toLeft))
  const sides = [sideBlock(left, -1), sideBlock(right, 1)]
  return {
    height: Math.max(HUB_ROOM.height, ...sides.map(({ height }) => height)),
    items: [{ kind: 'hub', key: tree.hubKey, x: 0, y: 0 }, ...sides.flatMap(({ items }) => items)]
  }
}

function hubBlock(tree: HubTree, direction: -1 | 1): Block {
  const side = sideBlock(tree.children, direction)
  return {
    height: Math.max(HUB_ROOM.height, side.height),
    items: [{ kind: 'hub', key: tree.hubKey, x: 0, y: 0 }, ...side.items]
  }
}

function nodeBlock(tree: NodeTree, direction: -1 | 1): Block {
  const hubs = stack(tree.hubs.map((hub) => hubBlock(hub, direction)))
  const own: Item[] = [tree.nodeKey, ...tree.guests].map((key, at) => {
    return { kind: 'node', key, x: 0, y: at * ROW }
  })
  return {
    height: Math.max(own.length * ROW, hubs.height),
    items: [...own, ...shift(hubs.items, direction * FIRST_COLUMN, 0)]
  }
}

/** What hangs on one side of a hub: what leads on in one column, the rest in as many as keep it low. */
function sideBlock(children: readonly NodeTree[], direction: -1 | 1): Block {
  const simple = (tree: NodeTree): boolean => tree.hubs.length === 0 && tree.guests.length === 0
  const branches = children.filter((child) => !simple(child))
  const leaves = children.filter(simple)
  const blocks = branches.map((branch) => nodeBlock(branch, direction))
  if (leaves.length > 0) blocks.push(leavesBlock(leaves, direction))
  const { height, items } = stack(blocks)
  return { height, items: shift(items, direction * FIRST_COLUMN, 0) }
}

/** Rows of a further column stand in the gaps of the first, so that its lines pass between the pills. */
function leavesBlock(leaves: readonly NodeTree[], direction: -1 | 1): Block {
  const columns = leaves.length <= 7 ? 1 : leaves.length <= 24 ? 2 : 3
  const rows = Math.ceil(leaves.length / columns)
  const height = rows * ROW + (ROW * (columns - 1)) / columns
  const items = leaves.map(({ nodeKey }, at): Item => {
    const column = Math.floor(at / rows)
    const row = at % rows
    return {
      kind: 'node',
      key: nodeKey,
      x: direction * column * COLUMN,
      y: (row + 0.5 + column / columns) * ROW - height / 2
    }
  })
  return { height, items }
}

function stack(blocks: readonly Block[]): Block {
  const height = blocks.reduce((sum, block) => sum + block.height, 0)
  let top = -height / 2
  const items = blocks.flatMap((block) => {
    const moved = shift(block.items, 0, top + block.height / 2)
    top += block.height
    return moved
  })
  return { height, items }
}

function shift(items: readonly Item[], dx: number, dy: number): Item[] {
  return items.map((item) => ({ ...item, x: item.x + dx, y: item.y + dy }))
}

/** Puts the parts on shelves, the high ones first. */
function pack(blocks: readonly Block[]): Item[] {
  const sized = blocks
    .map(({ items }) => ({ items, bounds: boundsOf(items.map(roomOf)) }))
    .flatMap(({ items, bounds }) => (bounds ? [{ items, bounds }] : []))
    .sort(
      (a, b) =>
        b.bounds.height - a.bounds.height ||
        b.bounds.width - a.bounds.width ||
        compareNames(a.items[0]?.key ?? '', b.items[0]?.key ?? '')
    )
  const area = sized.reduce(
    (sum, { bounds }) => sum + (bounds.width + GAP) * (bounds.height + GAP),
    0
  )
  const width = Math.max(Math.sqrt(area * ASPECT), ...sized.map(({ bounds }) => bounds.width))
  const placed: Item[] = []
  let [x, y, shelf] = [0, 0, 0]
  for (const { items, bounds } of sized) {
    if (x > 0 && x + bounds.width > width) {
      y += shelf + GAP
      x = 0
      shelf = 0
    }
    shelf = Math.max(shelf, bounds.height)
    const left = x - (bounds.x - bounds.width / 2)
    const middle = y + shelf / 2 - bounds.y
    placed.push(...shift(items, left, middle))
    x += bounds.width + GAP
  }
  return placed
}

function roomOf(item: Item): ReturnType<typeof nodeRoom> {
  return item.kind === 'hub' ? hubRoom(item) : nodeRoom(item)
}
