import type { StarterKind } from './starter-facts'

/** How lines end in a file; one that mixes them is saved with what most of its lines have. */
export type LineEnd = '\n' | '\r\n'

/** A Dockerfile or an ignore file as it lies on the disk. */
export interface LocalText {
  /** Absolute. */
  readonly path: string
  /** Without a byte order mark, lines ended by `\n`. */
  readonly text: string
  readonly lineEnd: LineEnd
  readonly hasBom: boolean
  /** Of the bytes: a save says which state it replaces. */
  readonly sha256: string
}

/** What a save ended with; `theirs` is what lies there instead, null where the file is gone. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly file: LocalText }
  | { readonly kind: 'conflict'; readonly theirs: LocalText | null }

/** A fault that the lint found; lines and columns count from 1, `endColumn` is exclusive. */
export interface DockerfileFault {
  /** `multiple-instructions` and the like; the key of its words. */
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** The source text that it is about, shortened. */
  readonly subject: string
}

/** The files to begin with for a folder without a Dockerfile. */
export interface StarterProposal {
  readonly kind: StarterKind
  /** The Dockerfile first; an ignore file only where there is none. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
}

/** What writing new files ended with: all are there, or none, because `path` exists. */
export type CreateOutcome =
  { readonly kind: 'created' } | { readonly kind: 'exists'; readonly path: string }
