import type { ErrorData } from '../../shared/bridge/errors'
import type { FilesSummary, FilesView, LayerFiles } from '../../shared/layers/files-model'

/** What is asked of an image's files. */
export type Question =
  | { readonly kind: 'folder'; readonly view: FilesView; readonly node: number }
  | { readonly kind: 'find'; readonly view: FilesView; readonly text: string }

/** What main says to the thread: the archive piece by piece, its end, then questions. */
export type ToThread =
  | { readonly kind: 'piece'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }

/** What the thread says: that it has taken a piece, how many layers it has read, and answers. */
export type FromThread =
  | { readonly kind: 'taken' }
  | { readonly kind: 'layer' }
  | { readonly kind: 'read'; readonly summary: FilesSummary }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'answer'; readonly id: number; readonly files: LayerFiles }
