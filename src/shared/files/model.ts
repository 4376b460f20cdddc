/**
 * A name or a path as a container has it: bytes, which need not be UTF-8. Carried as text of one character a byte (0 to 255), so that
 * nothing is lost on the way.
 */
export type ByteText = string

/** Whose files: a container's, or a volume's. */
export type FileHolder = { readonly containerId: string } | { readonly volume: string }

export type FileKind = 'file' | 'folder' | 'link' | 'device' | 'pipe' | 'socket'

/** One name in a folder of a container. */
export interface FileEntry {
  /** Without a slash. */
  readonly name: ByteText
  readonly kind: FileKind
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number
  readonly sizeBytes: number
  /** Whole seconds, as tar has them. */
  readonly modifiedAtMs: number
  readonly uid: number
  readonly gid: number
  /** Names in the container's own user files; absent where only numbers are known. */
  readonly owner?: string
  readonly group?: string
  /** What a link says, as it is written. */
  readonly linkTarget?: ByteText
}

/** How a folder is read: by a shell in the container, or out of the engine's archive of all that is below it. */
export type ListSource = 'shell' | 'archive'

/** What comes while a folder is read. Of an archive, names come in its order: one behind a large folder comes late. */
export interface FolderPart {
  readonly entries: readonly FileEntry[]
  /** Bytes of the archive read so far; 0 by a shell. */
  readonly readBytes: number
}

/** How reading a folder ended. */
export interface FolderEnd {
  readonly source: ListSource
  /** False where it was given up after the bytes or the time that it may take: names may be missing. */
  readonly complete: boolean
  readonly readBytes: number
}

/** What a path leads to. Source: `HEAD /containers/{id}/archive`. */
export interface FileStat {
  /** Where it really is, links followed. */
  readonly path: ByteText
  readonly kind: FileKind
  readonly mode: number
  readonly sizeBytes: number
  readonly modifiedAtMs: number
}

/** A file's content, or the beginning of it. */
export interface FileContent extends FileStat {
  readonly uid: number
  readonly gid: number
  readonly bytes: Uint8Array
  /** The content's SHA-256 in hexadecimal; absent where `bytes` is only its beginning. */
  readonly sha256?: string
}

/** What came of saving a file. `conflict`: it is not as it was read; `theirs` is what is there now, null where nothing is. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly file: FileContent }
  | { readonly kind: 'conflict'; readonly theirs: FileStat | null }

/** What came of asking for an upload. `exists`: these names are there already, nothing was sent. */
export type UploadOutcome =
  | { readonly kind: 'started'; readonly taskId: string }
  | { readonly kind: 'exists'; readonly names: readonly string[] }

/** What a transfer ended with: a task's result. */
export interface TransferResult {
  readonly files: number
  readonly bytes: number
  /** What was left out, and why: a link that leaves the folder, a device. The first hundred. */
  readonly skipped: readonly {
    readonly path: string
    readonly reason: 'link-leaves' | 'special' | 'bad-name'
  }[]
  readonly skippedCount: number
}

/** The largest text that the editor takes. */
export const LARGEST_EDIT_BYTES = 1024 * 1024

/** The most bytes of a file that one call reads. */
export const LARGEST_READ_BYTES = 16 * 1024 * 1024

/** How much of an archive is read for a folder's names before it is asked whether to go on. */
export const FIRST_BUDGET_BYTES = 512 * 1024 * 1024

/** Most bytes that a drag out of the window carries: it must be ready while the button is still held. */
export const LARGEST_DRAG_BYTES = 64 * 1024 * 1024
