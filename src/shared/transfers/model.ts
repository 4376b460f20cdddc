/** What a local archive seems to hold, as far as its beginning tells. */
export type ArchiveKind =
  /** Images, as `docker save` writes them. */
  | 'images'
  /** Files of a system, as `docker export` writes them. */
  | 'file-system'
  /** Compressed in a way that is not looked into here; the engine may know it. */
  | 'unknown'

/** What a local path turned out to be. */
export type ArchiveLook =
  | { readonly kind: ArchiveKind; readonly sizeBytes: number }
  | { readonly kind: 'folder' | 'no-archive' }

/** What a finished transfer of images came to. */
export interface TransferResult {
  readonly bytes: number
  /** References (or ids) that are in the engine now; of a save: nothing. */
  readonly images: readonly string[]
}
