import { boundsOf, overlaps, type Box, type Point } from './geometry'
import { compareNames, type Graph } from './graph'
import { layOutAcross } from './layout-across'
import { boxOf, shift, type Block, type Item } from './layout-block'
import { layOutDown } from './layout-down'
import { spanningTrees } from './spanning-tree'

/** Between parts that do not hang together: room for a container that joins two of them later. */
const PART_GAP = { x: 44, y: 64 } as const

/** Places for a whole chart. */
export interface FreshPlaces {
  readonly hubs: ReadonlyMap<string, Point>
  readonly nodes: ReadonlyMap<string, Point>
  /** The containers whose lines run to the left and right also where they lead from hub to hub. */
  readonly across: ReadonlySet<string>
}

/**
 * Places for everything, as if nothing had a place yet: the same chart always gives the same places. Each part that hangs together
 * lies down or across, whichever fits a frame of this `aspect` (its width to its height) better.
 */
export function freshPlaces(graph: Graph, aspect: number): FreshPlaces {
  const across = new Set<string>()
  const blocks = spanningTrees(graph).map((tree) => {
    const [down, wide] = [layOutDown(tree), layOutAcross(tree)]
    if (frameOf(down, aspect) <= frameOf(wide, aspect)) return down
    for (const { kind, key } of wide) if (kind === 'node') across.add(key)
    return wide
  })
  const items = pack(blocks, aspect)
  return { hubs: placesOf(items, 'hub'), nodes: placesOf(items, 'node'), across }
}

/** The height of the smallest frame that holds a block. */
function frameOf(block: Block, aspect: number): number {
  const { width, height } = boxOf(block)
  return Math.max(width / aspect, height)
}

function placesOf(items: Block, kind: Item['kind']): ReadonlyMap<string, Point> {
  return new Map(items.filter((item) => item.kind === kind).map(({ key, x, y }) => [key, { x, y }]))
}

/** Puts the parts beside one another, the large ones first, each where the whole stays the largest in the frame. */
function pack(blocks: readonly Block[], aspect: number): Block {
  const sized = blocks
    .map((items) => ({ items, box: boxOf(items) }))
    .sort(
      (a, b) =>
        b.box.height * b.box.width - a.box.height * a.box.width ||
        compareNames(a.items[0]?.key ?? '', b.items[0]?.key ?? '')
    )
  const rooms: Box[] = []
  return sized.flatMap(({ items, box }) => {
    const room = cornerFor(box, rooms, aspect)
    rooms.push(room)
    return shift(items, room.x - box.x, room.y - box.y)
  })
}

/** Of the corners between the rooms that are taken, the free one where all together need the least frame. */
function cornerFor({ width, height }: Box, rooms: readonly Box[], aspect: number): Box {
  const lefts = [0, ...rooms.map((room) => room.x + room.width / 2 + PART_GAP.x)]
  const tops = [0, ...rooms.map((room) => room.y + room.height / 2 + PART_GAP.y)]
  let best: Box = { x: width / 2, y: height / 2, width, height }
  let bestCost = Infinity
  for (const left of lefts) {
    for (const top of tops) {
      const room = { x: left + width / 2, y: top + height / 2, width, height }
      const spread = {
        ...room,
        width: width + PART_GAP.x * 2 - 1,
        height: height + PART_GAP.y * 2 - 1
      }
      if (rooms.some((other) => overlaps(spread, other))) continue
      const all = boundsOf([...rooms, room]) ?? room
      // Of places that make the whole no larger, the one nearest to the upper left.
      const cost = Math.max(all.width / aspect, all.height) * 1000 + left / aspect + top
      if (cost < bestCost) {
        bestCost = cost
        best = room
      }
    }
  }
  return best
}
