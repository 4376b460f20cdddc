import {
  boundsOf,
  hubRoom,
  nodeRoom,
  nodeWidth,
  REACH,
  ROW,
  type Box,
  type Point
} from './geometry'

/** Between two blocks in a row. */
const GAP = 30
/** Between the pills of two columns. */
const COLUMN_GAP = 14

/** Something with its place, relative to the block that it is part of. */
export interface Item extends Point {
  readonly kind: 'hub' | 'node'
  readonly key: string
}

/** A part of the chart, laid out around the place of its first item. */
export type Block = readonly Item[]

/** Down or right, or up or left. */
export type Way = -1 | 1

export function hubItem(key: string): Item {
  return { kind: 'hub', key, x: 0, y: 0 }
}

/**
 * Columns of pills to one side of a hub at 0/0. The rows of a further column stand in the gaps of the first: its lines pass
 * between the pills.
 */
export function columnsBeside(keys: readonly string[], side: Way): Block {
  const count = keys.length <= 7 ? 1 : keys.length <= 18 ? 2 : 3
  const rows = Math.ceil(keys.length / count)
  const height = (rows - 1 + (count - 1) / count) * ROW
  const items: Item[] = []
  let inner = REACH
  for (let column = 0; column < count; column++) {
    const own = keys.slice(column * rows, (column + 1) * rows)
    for (const [row, key] of own.entries()) {
      items.push({
        kind: 'node',
        key,
        x: side * (inner + nodeWidth(key) / 2),
        y: (row + column / count) * ROW - height / 2
      })
    }
    inner += Math.max(0, ...own.map(nodeWidth)) + COLUMN_GAP
  }
  return items
}

/** Blocks in a row from left to right, the row's middle at 0. */
export function inRow(blocks: readonly Block[], gap = GAP): Item[] {
  let left = 0
  const items = blocks.flatMap((block) => {
    const box = boxOf(block)
    const moved = shift(block, left - (box.x - box.width / 2), 0)
    left += box.width + gap
    return moved
  })
  return shift(items, -(left - gap) / 2, 0)
}

/** Blocks one under another, the column's middle at 0. */
export function inColumn(blocks: readonly Block[], gap: number): Item[] {
  let top = 0
  const items = blocks.flatMap((block) => {
    const box = boxOf(block)
    const moved = shift(block, 0, top - (box.y - box.height / 2))
    top += box.height + gap
    return moved
  })
  return shift(items, 0, -(top - gap) / 2)
}

/** How far a block reaches from 0 up (-1) or down (1). */
export function reachDown(block: Block, way: Way): number {
  const { y, height } = boxOf(block)
  return way * y + height / 2
}

export function shift(block: Block, dx: number, dy: number): Item[] {
  return block.map((item) => ({ ...item, x: item.x + dx, y: item.y + dy }))
}

const NOTHING: Box = { x: 0, y: 0, width: 0, height: 0 }

export function boxOf(block: Block): Box {
  return (
    boundsOf(
      block.map((item) => (item.kind === 'hub' ? hubRoom(item) : nodeRoom(item.key, item)))
    ) ?? NOTHING
  )
}

/** Shares branches out to two sides, so that their sizes come out about even; the first side gets the larger half. */
export function inTwo<Branch>(
  branches: readonly Branch[],
  sizeOf: (branch: Branch) => number
): readonly [Branch[], Branch[]] {
  const one: Branch[] = []
  const two: Branch[] = []
  let [oneSize, twoSize] = [0, 0]
  const sized = branches
    .map((branch) => [branch, sizeOf(branch)] as const)
    .sort(([, a], [, b]) => b - a)
  for (const [branch, size] of sized) {
    if (oneSize <= twoSize) {
      one.push(branch)
      oneSize += size
    } else {
      two.push(branch)
      twoSize += size
    }
  }
  return [one, two]
}
