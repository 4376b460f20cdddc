import { create } from 'zustand'
import type { ByteText } from '../../shared/files/model'

/** A file that is edited. */
export interface Draft {
  /** Where it really is, links followed. */
  readonly path: ByteText
  /** With line ends as `\n`, as an editor of the page has them. */
  readonly text: string
  /** The text as it was read or saved last. */
  readonly savedText: string
  /** SHA-256 of the content as it was read or saved last, and its time. */
  readonly sha256: string
  readonly modifiedAtMs: number
  readonly lineEnd: '\n' | '\r\n'
}

interface PlaceState {
  /** The folder that each place shows, by its key. */
  readonly paths: Readonly<Record<string, ByteText>>
  /** By {@link draftKey}: a tab that is left and come back to has lost nothing. */
  readonly drafts: Readonly<Record<string, Draft>>
}

export const usePlace = create<PlaceState>(() => ({ paths: {}, drafts: {} }))

export function draftKey(place: string, path: ByteText): string {
  return `${place} ${path}`
}

export function setPath(place: string, path: ByteText): void {
  usePlace.setState(({ paths }) => ({ paths: { ...paths, [place]: path } }))
}

export function setDraft(key: string, draft: Draft | undefined): void {
  usePlace.setState(({ drafts: { [key]: _old, ...others } }) => ({
    drafts: draft ? { ...others, [key]: draft } : others
  }))
}
