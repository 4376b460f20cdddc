import { ROW } from './geometry'
import {
  boxOf,
  columnsBeside,
  hubItem,
  inRow,
  inTwo,
  reachDown,
  shift,
  type Block,
  type Item,
  type Way
} from './layout-block'
import type { Branch, HubTree } from './spanning-tree'

/** Between a hub's room and the row of containers that lead on from it: the address stands there. */
const BRANCH_GAP = 30
/** Containers that lead to the same hub, in one row at most. */
const BRANCH_ROW = 4

/**
 * A tree from top to bottom: each hub has its own containers to its left and right, those on two hubs stand between the two, one
 * hub above the other. Good for chains.
 */
export function layOutDown(tree: HubTree): Block {
  const core = coreOf(tree)
  const [below, above] = inTwo(tree.branches, (branch) => boxOf(branchBlock(branch, 1)).width)
  return [...core, ...branchRow(core, above, -1), ...branchRow(core, below, 1)]
}

/** A hub with those that are on it alone, the first half of them to its left. */
function coreOf({ hubKey, leaves }: HubTree): Block {
  const toLeft = Math.floor(leaves.length / 2)
  return [
    hubItem(hubKey),
    ...columnsBeside(leaves.slice(0, toLeft), -1),
    ...columnsBeside(leaves.slice(toLeft), 1)
  ]
}

function hubBlock(tree: HubTree, way: Way): Block {
  const core = coreOf(tree)
  return [...core, ...branchRow(core, tree.branches, way)]
}

/** What leads on from a hub, side by side. */
function branchRow(core: Block, branches: readonly Branch[], way: Way): Block {
  const row = inRow(branches.map((branch) => branchBlock(branch, way)))
  return row.length === 0 ? [] : beyond(core, row, way, BRANCH_GAP)
}

/** Containers that are on the hub before, and beyond them the hubs that they are on as well. */
function branchBlock({ nodeKeys, hubs }: Branch, way: Way): Block {
  const lines: Item[][] = []
  for (let from = 0; from < nodeKeys.length; from += BRANCH_ROW) {
    const own = nodeKeys.slice(from, from + BRANCH_ROW)
    const pills = own.map((key): Block => [{ kind: 'node', key, x: 0, y: 0 }])
    lines.push(shift(inRow(pills, 4), 0, way * lines.length * ROW * 1.1))
  }
  const row = lines.flat()
  const next = inRow(hubs.map((hub) => hubBlock(hub, way)))
  return next.length === 0 ? row : [...row, ...beyond(row, next, way, BRANCH_GAP - 8)]
}

/** `next` moved past `block`. */
function beyond(block: Block, next: Block, way: Way, gap: number): Block {
  const past = reachDown(block, way) + gap + reachDown(next, way === 1 ? -1 : 1)
  return shift(next, 0, way * past)
}
