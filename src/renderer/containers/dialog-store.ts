import { create } from 'zustand'
import type { Container } from '../../shared/containers/model'

/** The dialog about containers that is open; one in the window. */
type ContainerDialog =
  | { readonly kind: 'rename'; readonly container: Container }
  | { readonly kind: 'stop'; readonly containers: readonly Container[] }
  | {
      readonly kind: 'remove-many'
      /** What they are: all that have ended, or all that the list shows. */
      readonly which: 'ended' | 'shown'
      readonly containers: readonly Container[]
    }

export const useContainerDialog = create<{ readonly dialog: ContainerDialog | undefined }>(() => ({
  dialog: undefined
}))

export function openContainerDialog(dialog: ContainerDialog): void {
  useContainerDialog.setState({ dialog })
}

export function closeContainerDialog(): void {
  useContainerDialog.setState({ dialog: undefined })
}
