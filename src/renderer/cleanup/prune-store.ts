import { create } from 'zustand'

export const usePruneImages = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }))

/** Asks which of the images that nobody uses are to go. */
export function openPruneImages(): void {
  usePruneImages.setState({ isOpen: true })
}

export function closePruneImages(): void {
  usePruneImages.setState({ isOpen: false })
}
