import { nodeWidth, REACH } from './geometry'
import {
  boxOf,
  columnsBeside,
  hubItem,
  inColumn,
  inTwo,
  shift,
  type Block,
  type Way
} from './layout-block'
import type { Branch, HubTree } from './spanning-tree'

/** Room for the name of a project over what is next. */
const GAP = 40

/**
 * A tree from its middle to both sides: containers stand beside their hub in a column, those on two hubs lead on to the next. Good
 * for one hub that joins many.
 */
export function layOutAcross(tree: HubTree): Block {
  const [right, left] = inTwo(tree.branches, (branch) => boxOf(branchBlock(branch, 1)).height)
  const toLeft = Math.floor(tree.leaves.length / 2)
  return [
    hubItem(tree.hubKey),
    ...side({ ...tree, leaves: tree.leaves.slice(0, toLeft), branches: left }, -1),
    ...side({ ...tree, leaves: tree.leaves.slice(toLeft), branches: right }, 1)
  ]
}

function hubBlock(tree: HubTree, way: Way): Block {
  return [hubItem(tree.hubKey), ...side(tree, way)]
}

/** All that hangs on one side of a hub, in one column: its own in the middle. */
function side({ leaves, branches }: HubTree, way: Way): Block {
  const half = Math.ceil(branches.length / 2)
  const blocks = branches.map((branch) => branchBlock(branch, way))
  const own = columnsBeside(leaves, way)
  const middle = own.length > 0 ? [own] : []
  return inColumn([...blocks.slice(0, half), ...middle, ...blocks.slice(half)], GAP)
}

/** Containers beside the hub before, and beyond them the hubs that they are on as well. */
function branchBlock({ nodeKeys, hubs }: Branch, way: Way): Block {
  const pills = inColumn(
    nodeKeys.map((key) => [{ kind: 'node', key, x: way * (REACH + nodeWidth(key) / 2), y: 0 }]),
    0
  )
  const widest = Math.max(...nodeKeys.map(nodeWidth))
  const next = inColumn(
    hubs.map((hub) => hubBlock(hub, way)),
    GAP
  )
  return [...pills, ...shift(next, way * (REACH * 2 + widest), 0)]
}
