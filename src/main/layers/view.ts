import type {
  FilesSummary,
  FilesView,
  LayerChange,
  LayerCounts,
  LayerFile,
  LayerFiles,
  WastedPath
} from '../../shared/layers/files-model'
import { nameFromText, nameText } from '../tar/names'
import { versionAt, type FileNode, type FileTree, type Version } from './tree'

/** Files sent of one folder, or of what was found. */
const MOST_FILES = 5000
const MOST_WASTED = 100
const CHANGES: readonly LayerChange[] = ['added', 'changed', 'removed']

/** Sums over all that is below each node, as of a layer. */
interface Sums {
  readonly key: string
  readonly counts: Readonly<Record<LayerChange, Uint32Array>>
  readonly bytes: Float64Array
  /** Paths that are shown, the node itself among them. */
  readonly shown: Uint32Array
}

/** Answers what is where in an image, as of one layer or another. */
export class FilesReader {
  readonly #tree: FileTree
  #sums: Sums | undefined

  constructor(tree: FileTree) {
    this.#tree = tree
  }

  /** Counts by layer, and what is wasted. `digests` are the layers', the lowest first. */
  summary(digests: readonly string[]): FilesSummary {
    const counts = digests.map(() => ({ added: 0, changed: 0, removed: 0 }))
    let pathCount = 0
    const wasted: FileNode[] = []
    for (const node of this.#tree.nodes) {
      if (node === this.#tree.root) continue
      for (const { layer, change } of node.versions) {
        const of = counts[layer]
        if (of) of[change] += 1
      }
      if (node.versions.at(-1)?.change !== 'removed') pathCount += 1
      if (node.wastedBytes > 0) wasted.push(node)
    }
    wasted.sort((a, b) => b.wastedBytes - a.wastedBytes)
    const { wastedBytes } = this.#tree
    return {
      layers: digests.map((digest, at) => ({
        digest,
        counts: counts[at] ?? { added: 0, changed: 0, removed: 0 },
        wastedBytes: wastedBytes[at] ?? 0
      })),
      pathCount,
      wastedBytes: wastedBytes.reduce((sum, bytes) => sum + bytes, 0),
      wasted: wasted.slice(0, MOST_WASTED).map((node) => this.#toWasted(node))
    }
  }

  /** What is in a folder, folders first. */
  folder(view: FilesView, nodeId: number): LayerFiles {
    const sums = this.#sumsOf(view)
    const children = [...(this.#tree.nodes[nodeId]?.children?.values() ?? [])].filter(
      ({ id }) => (sums.shown[id] ?? 0) > 0
    )
    const versions = new Map(children.map((node) => [node, versionAt(node, view.layer)]))
    children.sort(
      (a, b) =>
        Number(versions.get(b)?.kind === 'folder') - Number(versions.get(a)?.kind === 'folder') ||
        (a.name < b.name ? -1 : 1)
    )
    return {
      files: children.slice(0, MOST_FILES).flatMap((node) => this.#toFile(node, view, sums) ?? []),
      total: children.length
    }
  }

  /** Paths that hold a text, whatever its case. They are named in full. */
  find(view: FilesView, text: string): LayerFiles {
    const sums = this.#sumsOf(view)
    const wanted = nameFromText(text).toLowerCase()
    const files: LayerFile[] = []
    let total = 0
    for (const node of this.#tree.nodes) {
      if (!node.parent || !isShown(node, view)) continue
      const path = `/${this.#tree.pathOf(node)}`
      if (!path.toLowerCase().includes(wanted)) continue
      total += 1
      if (files.length >= MOST_FILES) continue
      const file = this.#toFile(node, view, sums)
      if (file) files.push({ ...file, name: nameText(path), hasChildren: false })
    }
    return { files, total }
  }

  #toWasted(node: FileNode): WastedPath {
    return {
      path: nameText(`/${this.#tree.pathOf(node)}`),
      bytes: node.wastedBytes,
      layers: node.versions.map(({ layer }) => layer),
      isGone: node.versions.at(-1)?.change === 'removed'
    }
  }

  #toFile(node: FileNode, view: FilesView, sums: Sums): LayerFile | undefined {
    const version = versionAt(node, view.layer)
    if (!version) return undefined
    const isOwn = version.layer === view.layer
    const before = isOwn && version.change === 'changed' ? beforeOf(node, version) : undefined
    const inside: LayerCounts = {
      added: sums.counts.added[node.id] ?? 0,
      changed: sums.counts.changed[node.id] ?? 0,
      removed: sums.counts.removed[node.id] ?? 0
    }
    const own = isOwn ? version.change : undefined
    return {
      node: node.id,
      name: nameText(node.name),
      ...(own && { change: own }),
      kind: version.kind,
      mode: version.mode,
      sizeBytes: version.kind === 'folder' ? (sums.bytes[node.id] ?? 0) : version.sizeBytes,
      uid: version.uid,
      gid: version.gid,
      modifiedAtMs: version.modifiedAtMs,
      ...(version.linkTarget !== undefined && { linkTarget: nameText(version.linkTarget) }),
      ...(version.isHardLink && { isHardLink: true }),
      ...(before && { before: { sizeBytes: before.sizeBytes, mode: before.mode } }),
      hasChildren: (sums.shown[node.id] ?? 0) > (isShown(node, view) ? 1 : 0),
      inside: own ? { ...inside, [own]: inside[own] - 1 } : inside
    }
  }

  /** Children have larger numbers than their folder: from the end on, each is added to the folder that it is in. */
  #sumsOf(view: FilesView): Sums {
    const key = JSON.stringify(view)
    if (this.#sums?.key === key) return this.#sums
    const { nodes } = this.#tree
    const sums: Sums = {
      key,
      counts: {
        added: new Uint32Array(nodes.length),
        changed: new Uint32Array(nodes.length),
        removed: new Uint32Array(nodes.length)
      },
      bytes: new Float64Array(nodes.length),
      shown: new Uint32Array(nodes.length)
    }
    for (let id = nodes.length - 1; id > 0; id -= 1) {
      const node = nodes[id]
      const version = node && versionAt(node, view.layer)
      if (!node?.parent || !version) continue
      if (version.layer === view.layer) add(sums.counts[version.change], id, 1)
      if (isShown(node, view)) {
        add(sums.shown, id, 1)
        if (version.change !== 'removed') add(sums.bytes, id, version.sizeBytes)
      }
      const { id: parent } = node.parent
      for (const change of CHANGES) add(sums.counts[change], parent, sums.counts[change][id] ?? 0)
      add(sums.bytes, parent, sums.bytes[id] ?? 0)
      add(sums.shown, parent, sums.shown[id] ?? 0)
    }
    this.#sums = sums
    return sums
  }
}

function add(sums: Uint32Array | Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value
}

/** Whether a path is among what a view shows for itself, not for what is below it. */
function isShown(node: FileNode, { layer, scope, changes }: FilesView): boolean {
  const version = versionAt(node, layer)
  if (!version) return false
  const isOwn = version.layer === layer
  if (changes.length > 0) return isOwn && changes.includes(version.change)
  return scope === 'layer' ? isOwn : isOwn || version.change !== 'removed'
}

function beforeOf(node: FileNode, version: Version): Version | undefined {
  return node.versions.findLast((each) => each.layer < version.layer)
}
