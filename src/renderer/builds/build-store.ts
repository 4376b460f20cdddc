import { create } from 'zustand'

/** What was dropped or chosen, and waits for the build dialog to say what it is. */
export const useOffer = create<{ paths: readonly string[] }>(() => ({ paths: [] }))

/** Opens the build dialog for dropped or chosen paths; several are explained there. */
export function offerPaths(paths: readonly string[]): void {
  useOffer.setState({ paths })
}
