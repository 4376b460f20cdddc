import type { FileKind } from '../files/model'

/** What a layer did to a path of those below it. */
export type LayerChange = 'added' | 'changed' | 'removed'

/** How many paths a layer added, changed and removed. */
export type LayerCounts = Readonly<Record<LayerChange, number>>

/** What is known of a layer's files. */
export interface LayerSummary {
  readonly digest: string
  readonly counts: LayerCounts
  /** Bytes of its files that a later layer overwrites or removes: they stay in the image all the same. */
  readonly wastedBytes: number
}

/** A path whose bytes are in the image more than once, or though it is gone. */
export interface WastedPath {
  readonly path: string
  readonly bytes: number
  /** Layers, from 0 for the lowest, that touch it. */
  readonly layers: readonly number[]
  /** It is not in the image any more. */
  readonly isGone: boolean
}

/** What is known of an image's files once they were read. */
export interface FilesSummary {
  /** The lowest first. */
  readonly layers: readonly LayerSummary[]
  /** Paths that the image has. */
  readonly pathCount: number
  readonly wastedBytes: number
  /** The largest first, a hundred at most. */
  readonly wasted: readonly WastedPath[]
}

/** Which paths are shown: as of a layer, either what it changed or all that is there; only some changes where there are any. */
export interface FilesView {
  /** From 0 for the lowest. */
  readonly layer: number
  readonly scope: 'layer' | 'all'
  /** None: all. */
  readonly changes: readonly LayerChange[]
}

/** One path as of a layer. */
export interface LayerFile {
  /** Stands for the path as long as the image's files are read. The root's is 0. */
  readonly node: number
  /** For people: what is not UTF-8 is U+FFFD. */
  readonly name: string
  /** What the layer did to it; absent where it did not touch it. */
  readonly change?: LayerChange
  readonly kind: FileKind
  readonly mode: number
  /** Of a file its own, of a folder those of all below it that are shown. */
  readonly sizeBytes: number
  readonly uid: number
  readonly gid: number
  readonly modifiedAtMs: number
  readonly linkTarget?: string
  readonly isHardLink?: boolean
  /** The size and mode that it had in the layers below, where the layer changed it. */
  readonly before?: { readonly sizeBytes: number; readonly mode: number }
  readonly hasChildren: boolean
  /** What the layer did below it. */
  readonly inside: LayerCounts
}

/** Part of a folder, or of what was found. */
export interface LayerFiles {
  readonly files: readonly LayerFile[]
  /** How many there are; more than were sent where there are very many. */
  readonly total: number
}
