import type { FileKind } from '../../shared/files/model'
import type { LayerChange } from '../../shared/layers/files-model'
import type { LayerEntry } from './layer-entries'

/** What a path is from a layer on, until the next version of it. */
export interface Version {
  readonly layer: number
  readonly change: LayerChange
  readonly kind: FileKind
  readonly mode: number
  readonly sizeBytes: number
  readonly modifiedAtMs: number
  readonly uid: number
  readonly gid: number
  readonly linkTarget?: string
  readonly isHardLink?: boolean
}

/** A path of an image, with what each layer made of it. */
export interface FileNode {
  /** Its place in {@link FileTree.nodes}; a folder's is smaller than those of what is in it. */
  readonly id: number
  /** Bytes: one character a byte. */
  readonly name: string
  readonly parent: FileNode | undefined
  children?: Map<string, FileNode>
  /** The lowest layer first. */
  readonly versions: Version[]
  /** Bytes of it that are in the image and cannot be seen any more. */
  wastedBytes: number
}

/** What a folder is that no layer names, though it has files in it. */
const IMPLIED = { mode: 0o755, sizeBytes: 0, modifiedAtMs: 0, uid: 0, gid: 0 } as const

/** All paths of an image over all its layers, as the union of them has it. Layers are put upon one another, the lowest first. */
export class FileTree {
  readonly nodes: FileNode[] = []
  readonly root: FileNode
  /** By layer: bytes of its files that are seen no more. */
  readonly wastedBytes: number[] = []
  #layers = 0

  constructor() {
    this.root = this.#add('', undefined)
    this.root.versions.push({ ...IMPLIED, layer: 0, change: 'added', kind: 'folder' })
  }

  get layerCount(): number {
    return this.#layers
  }

  /** Puts a layer upon the others. What it takes away is taken from those below it, wherever it says so. */
  addLayer(entries: readonly LayerEntry[]): void {
    const layer = this.#layers
    this.#layers += 1
    this.wastedBytes.push(0)
    for (const entry of entries) {
      if (entry.what !== 'gone' && entry.what !== 'emptied') continue
      const node = this.#find(entry.path)
      if (!node) continue
      if (entry.what === 'gone') this.#remove(node, layer)
      else for (const child of node.children?.values() ?? []) this.#remove(child, layer)
    }
    for (const entry of entries)
      if (entry.what !== 'gone' && entry.what !== 'emptied') this.#put(entry, entry.what, layer)
  }

  /** The path of a node, without a leading slash; bytes. */
  pathOf(node: FileNode): string {
    const names: string[] = []
    for (let at: FileNode | undefined = node; at?.parent; at = at.parent) names.push(at.name)
    return names.reverse().join('/')
  }

  #put(entry: LayerEntry, kind: FileKind, layer: number): void {
    if (entry.path === '') return
    const node = this.#reach(entry.path, layer)
    const last = node.versions.at(-1)
    const before = lastExisting(node)
    const isSameFolder =
      before?.kind === 'folder' &&
      kind === 'folder' &&
      before.mode === entry.mode &&
      before.uid === entry.uid &&
      before.gid === entry.gid
    // Layers name the folders on the way to what they change.
    if (isSameFolder) return
    // Of what the same layer has taken away already the bytes are counted, and of a path that it names twice the last one counts.
    if (before && before.layer < layer) this.#waste(node, before)
    if (before?.kind === 'folder' && kind !== 'folder')
      for (const child of node.children?.values() ?? []) this.#remove(child, layer)
    const existedBelow = node.versions.findLast((each) => each.layer < layer)
    const { mode, sizeBytes, modifiedAtMs, uid, gid, linkTarget, isHardLink } = entry
    const version: Version = {
      layer,
      change: existedBelow && existedBelow.change !== 'removed' ? 'changed' : 'added',
      kind,
      mode,
      sizeBytes,
      modifiedAtMs,
      uid,
      gid,
      ...(linkTarget !== undefined && { linkTarget }),
      ...(isHardLink && { isHardLink })
    }
    if (last?.layer === layer) node.versions.pop()
    node.versions.push(version)
  }

  /** Takes a path away from a layer on, with all that is below it. */
  #remove(node: FileNode, layer: number): void {
    const pending = [node]
    for (let at = pending.pop(); at; at = pending.pop()) {
      const last = at.versions.at(-1)
      if (last && last.change !== 'removed') {
        this.#waste(at, last)
        if (last.layer === layer) at.versions.pop()
        at.versions.push({ ...last, layer, change: 'removed' })
      }
      for (const child of at.children?.values() ?? []) pending.push(child)
    }
  }

  #waste(node: FileNode, version: Version): void {
    if (version.sizeBytes === 0) return
    node.wastedBytes += version.sizeBytes
    this.wastedBytes[version.layer] = (this.wastedBytes[version.layer] ?? 0) + version.sizeBytes
  }

  #find(path: string): FileNode | undefined {
    let node: FileNode | undefined = this.root
    if (path === '') return node
    for (const name of path.split('/')) node = node?.children?.get(name)
    return node
  }

  /** The node of a path; folders on the way that no layer has named come to be. */
  #reach(path: string, layer: number): FileNode {
    let node = this.root
    const names = path.split('/')
    for (const [at, name] of names.entries()) {
      const isLast = at === names.length - 1
      const child = node.children?.get(name) ?? this.#add(name, node)
      const isThere = child.versions.at(-1)?.change !== 'removed' && child.versions.length > 0
      if (!isLast && !isThere) {
        if (child.versions.at(-1)?.layer === layer) child.versions.pop()
        child.versions.push({ ...IMPLIED, layer, change: 'added', kind: 'folder' })
      }
      node = child
    }
    return node
  }

  #add(name: string, parent: FileNode | undefined): FileNode {
    const node: FileNode = {
      id: this.nodes.length,
      name,
      parent,
      versions: [],
      wastedBytes: 0
    }
    this.nodes.push(node)
    if (parent) {
      parent.children ??= new Map()
      parent.children.set(name, node)
    }
    return node
  }
}

/** The version that is there now, if any is. */
function lastExisting(node: FileNode): Version | undefined {
  const last = node.versions.at(-1)
  return last?.change === 'removed' ? undefined : last
}

/** What a node is as of a layer; also one that the layer took away. */
export function versionAt(node: FileNode, layer: number): Version | undefined {
  const { versions } = node
  for (let at = versions.length - 1; at >= 0; at -= 1) {
    const version = versions[at]
    if (version && version.layer <= layer) return version
  }
  return undefined
}
