import { create } from 'zustand'
import type { Container } from '../../../shared/containers/model'
import type { Network } from '../../../shared/networks/model'

/** The dialog that is open: a container's networks, a network's next container, or what nobody uses. */
export type NetworkDialog =
  | { readonly kind: 'container'; readonly container: Container }
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'prune' }

const useNetworkDialogStore = create<{ readonly dialog: NetworkDialog | undefined }>(() => ({
  dialog: undefined
}))

export function useNetworkDialog(): NetworkDialog | undefined {
  return useNetworkDialogStore((state) => state.dialog)
}

export function openNetworkDialog(dialog: NetworkDialog): void {
  useNetworkDialogStore.setState({ dialog })
}

export function closeNetworkDialog(): void {
  useNetworkDialogStore.setState({ dialog: undefined })
}
