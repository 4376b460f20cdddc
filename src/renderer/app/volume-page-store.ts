import { create } from 'zustand'
import { rowKey } from '../../shared/state'
import { showSection } from './ui-store'

/** The tabs of a volume's page, in their order. */
export type VolumeTabId = 'overview' | 'files' | 'inspect'

interface VolumePageState {
  /** The tab that every volume's page shows. */
  readonly tabId: VolumeTabId
  /** The page takes the list's place too. */
  readonly expanded: boolean
  /** A row that somebody asked to see; another object each time, so that the same one can be asked for again. */
  readonly asked: { readonly key: string } | undefined
}

export const useVolumePage = create<VolumePageState>(() => ({
  tabId: 'overview',
  expanded: false,
  asked: undefined
}))

/** Shows a volume's page in the list of volumes. */
export function showVolume(volume: { readonly endpointId: string; readonly id: string }): void {
  showSection('volumes')
  useVolumePage.setState({ asked: { key: rowKey(volume) } })
}
