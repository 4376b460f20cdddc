import { create } from 'zustand'
import type { BuildOptions } from '../../shared/builds/model'

/** What was dropped or chosen, and waits for the build dialog to say what it is. */
export interface Offer {
  /** Absolute; empty where what was dropped is not on a disk. */
  readonly paths: readonly string[]
  /** Choices of an earlier build of the same folder, to begin with. */
  readonly previous?: BuildOptions
  /** The Dockerfile to begin with, relative to the folder. */
  readonly dockerfile?: string
}

/** The dialog's offer. Its number grows with each drop, so that the same folder dropped twice is looked at twice. */
export const useOffer = create<{ readonly offer: Offer | undefined; readonly number: number }>(
  () => ({ offer: undefined, number: 0 })
)

/** Opens the build dialog for dropped or chosen paths; several are explained there. */
export function offerPaths(paths: readonly string[]): void {
  offer({ paths })
}

export function offer(next: Offer): void {
  useOffer.setState(({ number }) => ({ offer: next, number: number + 1 }))
}

export function closeOffer(): void {
  useOffer.setState({ offer: undefined })
}
