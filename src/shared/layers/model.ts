import type { Instruction } from './instruction'

/** One entry of an image's history: a layer of files, or a change of the configuration alone. */
export interface Stratum {
  readonly instruction: Instruction
  /** The builder's own words. */
  readonly createdBy: string
  readonly comment: string
  readonly createdAtMs?: number
  /** Bytes of its files. */
  readonly sizeBytes: number
  /** The digest of its uncompressed archive; absent where it has no files of its own. */
  readonly digest?: string
  /** Which of the image's layers it is, from 0 for the lowest; absent where it is none. */
  readonly layer?: number
}

/** Another image on this engine that begins with the same layers. */
export interface SharingImage {
  readonly imageId: string
  /** How many layers, from the lowest, are the same: they are on the disk once. */
  readonly layers: number
  /** How many layers it has. */
  readonly ofLayers: number
}

/** What an image has in common with the others on its engine. */
export interface LayerSharing {
  /** Those that share most first. */
  readonly images: readonly SharingImage[]
  /** The local image that this one was built upon: all its layers, and all its history, are the beginning of this one's. */
  readonly base?: {
    readonly imageId: string
    readonly layers: number
    /** Entries of its history. */
    readonly entries: number
  }
}
