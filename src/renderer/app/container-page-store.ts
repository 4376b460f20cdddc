import { create } from 'zustand'
import { rowKey } from '../../shared/state'
import { showSection } from './ui-store'

/** The tabs of a container's page, in their order. */
export type ContainerTabId =
  'overview' | 'logs' | 'terminal' | 'stats' | 'processes' | 'files' | 'changes' | 'inspect'

interface ContainerPageState {
  /** The tab that every container's page shows: who walks down the list compares one thing. */
  readonly tabId: ContainerTabId
  /** The page takes the list's place too. */
  readonly expanded: boolean
  /** A row that somebody asked to see; another object each time, so that the same one can be asked for again. */
  readonly asked: { readonly key: string } | undefined
}

export const useContainerPage = create<ContainerPageState>(() => ({
  tabId: 'overview',
  expanded: false,
  asked: undefined
}))

/** Shows a container's page, on a tab of it. */
export function showContainer(
  container: { readonly endpointId: string; readonly id: string },
  tabId: ContainerTabId = 'overview'
): void {
  showSection('containers')
  useContainerPage.setState({ tabId, asked: { key: rowKey(container) } })
}
