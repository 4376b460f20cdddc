import type { Change, ChangeKind } from '../../shared/changes/model'
import { isNoise } from '../../shared/changes/noise'
import { matchesText } from '../ui/match'

/** How many changes of each kind. */
export type ChangeCounts = Readonly<Record<ChangeKind, number>>

/** A path in the tree of a writable layer. */
export interface ChangeNode {
  readonly path: string
  readonly name: string
  /** Absent for a folder that the engine did not name. */
  readonly kind: ChangeKind | undefined
  readonly isNoise: boolean
  readonly children: readonly ChangeNode[]
  /** Changes below it; a folder that is merely the way to them is not counted. */
  readonly counts: ChangeCounts
}

/** One line of the tree as it is shown. */
export interface ChangeRow {
  readonly node: ChangeNode
  /** From 0. */
  readonly level: number
  readonly isOpen: boolean
}

/** Which changes are shown. */
export interface ChangeFilter {
  readonly text: string
  readonly kinds: ReadonlySet<ChangeKind>
  readonly showNoise: boolean
}

/** A tree of more rows than this opens at its changed folders only. */
const SMALL_TREE = 120

interface Growing {
  readonly path: string
  readonly name: string
  kind: ChangeKind | undefined
  readonly children: Map<string, Growing>
}

/** The changes that a filter lets through, as a tree; folders on the way to them stay. */
export function buildTree(changes: readonly Change[], filter: ChangeFilter): readonly ChangeNode[] {
  const root: Growing = { path: '', name: '', kind: undefined, children: new Map() }
  const parents = parentsOf(changes)
  const kinds = new Map(changes.map(({ path, kind }) => [path, kind]))
  for (const { path, kind } of changes) {
    // A folder that is merely on the way to its changes comes with them.
    if (kind === 'changed' && parents.has(path)) continue
    if (!filter.kinds.has(kind) || (!filter.showNoise && isNoise(path))) continue
    if (filter.text !== '' && !matchesText(path, filter.text)) continue
    let node = root
    for (const name of path.split('/').slice(1)) {
      let child = node.children.get(name)
      if (!child) {
        const childPath = `${node.path}/${name}`
        child = { path: childPath, name, kind: kinds.get(childPath), children: new Map() }
        node.children.set(name, child)
      }
      node = child
    }
  }
  return finish(root).children
}

/** How many changes of each kind there are; folders that are merely on the way to changes are not counted. */
export function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts = { added: 0, changed: 0, deleted: 0 }
  const parents = parentsOf(changes)
  for (const { path, kind } of changes)
    if (kind !== 'changed' || !parents.has(path)) counts[kind] += 1
  return counts
}

/** The rows of a tree; `toggled` holds the paths whose folder is not as it is by default. */
export function flatten(
  nodes: readonly ChangeNode[],
  toggled: ReadonlySet<string>,
  filterIsOn: boolean
): ChangeRow[] {
  const openAll = filterIsOn || sizeOf(nodes) <= SMALL_TREE
  const rows: ChangeRow[] = []
  function add(node: ChangeNode, level: number): void {
    const byDefault = openAll || node.kind !== 'added'
    const isOpen = node.children.length > 0 && byDefault !== toggled.has(node.path)
    rows.push({ node, level, isOpen })
    if (isOpen) for (const child of node.children) add(child, level + 1)
  }
  for (const node of nodes) add(node, 0)
  return rows
}

function finish(growing: Growing): ChangeNode {
  const children = [...growing.children.values()].map(finish)
  const counts = { added: 0, changed: 0, deleted: 0 }
  for (const child of children) {
    for (const kind of ['added', 'changed', 'deleted'] as const) counts[kind] += child.counts[kind]
    if (child.kind && !(child.kind === 'changed' && child.children.length > 0))
      counts[child.kind] += 1
  }
  return {
    path: growing.path,
    name: growing.name,
    kind: growing.kind,
    isNoise: isNoise(growing.path),
    children,
    counts
  }
}

function sizeOf(nodes: readonly ChangeNode[]): number {
  let size = nodes.length
  for (const { children } of nodes) size += sizeOf(children)
  return size
}

function parentsOf(changes: readonly Change[]): ReadonlySet<string> {
  const parents = new Set<string>()
  for (const { path } of changes) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const parent = path.slice(0, at)
      if (parents.has(parent)) break
      parents.add(parent)
    }
  }
  return parents
}
