/** A file dialog's filter: a name and the endings that it shows, without dots. */
export interface FileKind {
  readonly name: string
  readonly extensions: readonly string[]
}

/**
 * What the system around the window offers to handlers. They ask here, and never take a local path to write to from the page: a
 * file is written only where its person chose in the system's own dialog.
 */
export interface Desktop {
  /** The system's picker of files (or of folders); empty when it was cancelled. */
  readonly choosePaths: (options: {
    readonly title: string
    readonly what: 'file' | 'files' | 'folder' | 'folders'
    readonly kinds?: readonly FileKind[]
  }) => Promise<readonly string[]>
  /** Where to save a file; null when it was cancelled. The dialog has asked before it answers one that exists. */
  readonly chooseSavePath: (options: {
    readonly title: string
    /** A file name without a folder; what no file system takes is replaced. */
    readonly defaultName: string
    readonly kinds?: readonly FileKind[]
  }) => Promise<string | null>
  /** A notification of the system; `onClick` is called after the window has come to the front. */
  readonly notify: (options: {
    readonly title: string
    readonly body: string
    readonly onClick?: () => void
  }) => void
  /** Lets the drag that the page has begun carry local files: out of the window, into a folder. */
  readonly startDrag: (paths: readonly string[]) => void
}
