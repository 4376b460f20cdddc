/** What happened to a path of the image in a container's writable layer. */
export type ChangeKind = 'added' | 'changed' | 'deleted'

/** One path that differs from the image. */
export interface Change {
  /** Absolute, as the engine writes it. */
  readonly path: string
  readonly kind: ChangeKind
}

/** A container's writable layer. Source: `GET /containers/{id}/changes`, `GET /containers/{id}/json?size=1`. */
export interface ChangeList {
  readonly changes: readonly Change[]
  /** Bytes of the whole writable layer; absent where the storage driver does not tell. */
  readonly writableBytes?: number
}

/** What is at a path of a container. Source: `HEAD /containers/{id}/archive`. */
export interface PathStat {
  readonly path: string
  readonly type: 'file' | 'directory' | 'link' | 'other'
  /** Bytes; only of a file. */
  readonly sizeBytes?: number
  /** Where a link leads. */
  readonly linkTarget?: string
}

/** One side of a comparison: what is at the path, in the image or in the container. */
export type FileSide =
  | { readonly type: 'none' }
  | {
      readonly type: 'file' | 'directory' | 'link' | 'other'
      readonly sizeBytes: number
      /** Permission bits. */
      readonly mode: number
      /** `uid:gid`. */
      readonly owner: string
      readonly linkTarget?: string
    }

/** A part of a file where lines differ, with lines around it. Line numbers are 1-based. */
export interface Hunk {
  readonly beforeStart: number
  readonly afterStart: number
  /** Each begins with ` `, `-` or `+`; `\` says that the last line has no newline. */
  readonly lines: readonly string[]
}

/** A path of a container against its image's. */
export interface FileComparison {
  readonly before: FileSide
  readonly after: FileSide
  /**
   * - `lines`: text on both sides (or on one, the other being nothing), with its `hunks`
   * - `same`: the bytes are equal: only mode, owner or time changed
   * - `binary`, `large`: not compared line by line
   * - `not-files`: a folder, a link, or the like on one side at least
   */
  readonly content: 'lines' | 'same' | 'binary' | 'large' | 'not-files'
  readonly hunks: readonly Hunk[]
  /** Why the image's side cannot be read, such as an image that is gone; `before` is `none` then. */
  readonly imageFault?: string
}

/** Larger files are not read for a comparison. */
export const MAX_COMPARED_BYTES = 1024 * 1024

/** A package by its manager's own list. */
export interface PackageChange {
  readonly name: string
  readonly before?: string
  readonly after?: string
}

/** What a package manager did in a container. */
export interface PackageChanges {
  readonly manager: 'apt' | 'apk'
  readonly packages: readonly PackageChange[]
}

/** What a Dockerfile that makes the same would say: a first draft. */
export interface DockerfileDraft {
  readonly text: string
  /** Paths that its COPY lines need beside the Dockerfile, below `rootfs/`. */
  readonly copyPaths: readonly string[]
  readonly packages: readonly PackageChanges[]
}
