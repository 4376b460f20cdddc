import { create } from 'zustand'

/** Local archives that were dropped or chosen, and wait to be said what they are. */
export const useArchives = create<{ readonly paths: readonly string[] }>(() => ({ paths: [] }))

/** Asks what is to be done with local archives. */
export function offerArchives(paths: readonly string[]): void {
  useArchives.setState({ paths })
}

export function closeArchives(): void {
  useArchives.setState({ paths: [] })
}

const ARCHIVE = /\.(tar|tar\.(gz|bz2|xz|zst)|tgz|tbz2|txz)$/i

/** Whether every path has the name of an archive. */
export function areArchives(paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every((path) => ARCHIVE.test(path))
}
