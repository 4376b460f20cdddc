import { create } from 'zustand'
import type { Volume } from '../../shared/volumes/model'

/** The dialog about volumes that is open. */
export type VolumeDialog =
  | { readonly kind: 'create'; readonly endpointId: string }
  | { readonly kind: 'remove' | 'back-up' | 'clone'; readonly volume: Volume }
  | {
      readonly kind: 'restore'
      readonly endpointId: string
      /** The volume that it goes into to begin with; a new one where it is none. */
      readonly volume?: Volume
    }
  | {
      readonly kind: 'remove-many'
      readonly which: 'unused' | 'chosen'
      readonly volumes: readonly Volume[]
    }

export const useVolumeDialog = create<{ readonly dialog: VolumeDialog | undefined }>(() => ({
  dialog: undefined
}))

export function openVolumeDialog(dialog: VolumeDialog): void {
  useVolumeDialog.setState({ dialog })
}
