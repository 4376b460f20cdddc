import { create } from 'zustand'

/** A file to be edited. */
export interface OpenFile {
  /** Absolute. */
  readonly path: string
  /** 1-based; the caret goes there. */
  readonly line?: number
  /** Called after each save. */
  readonly onSaved?: () => void
  /** Offers to build after the save. */
  readonly onBuild?: () => void
}

/** The file that the editor shows, if any. */
export const useOpenFile = create<{ readonly file: OpenFile | undefined }>(() => ({
  file: undefined
}))

/** Opens a Dockerfile in the editor; it must lie in a folder that the person has dropped or picked. */
export function openDockerfile(file: OpenFile): void {
  useOpenFile.setState({ file })
}

/** A folder that is to get its first Dockerfile. */
export interface StarterWish {
  readonly folder: string
  readonly name: string
  /** Called once the files are there. */
  readonly onWritten: () => void
}

export const useStarterWish = create<{ readonly wish: StarterWish | undefined }>(() => ({
  wish: undefined
}))

/** Proposes a Dockerfile for a folder that the person has dropped or picked. */
export function openStarter(wish: StarterWish): void {
  useStarterWish.setState({ wish })
}

export function closeStarter(): void {
  useStarterWish.setState({ wish: undefined })
}

export function closeDockerfile(): void {
  useOpenFile.setState({ file: undefined })
}
