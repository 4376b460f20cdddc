import { create } from 'zustand'

/** A tab of the dock: which feature draws it, and what it is about. */
export type DockTab =
  | {
      readonly id: string
      readonly kind: 'shell'
      readonly title: string
      readonly endpointId: string
      readonly containerId: string
    }
  | { readonly id: string; readonly kind: 'task'; readonly title: string; readonly taskId: string }

interface DockState {
  readonly tabs: readonly DockTab[]
  readonly activeId: string | undefined
  readonly open: boolean
  readonly maximised: boolean
  readonly heightPx: number
}

/** The dock: its tabs outlive every change of view. */
export const useDock = create<DockState>(() => ({
  tabs: [],
  activeId: undefined,
  open: false,
  maximised: false,
  heightPx: 280
}))

/** Opens a tab and shows it; one of the same id is shown instead. */
export function openTab(tab: DockTab): void {
  useDock.setState((state) => ({
    open: true,
    activeId: tab.id,
    tabs: state.tabs.some((existing) => existing.id === tab.id) ? state.tabs : [...state.tabs, tab]
  }))
}

/** Closes a tab (its view's unmounting ends what it ran) and shows its neighbour. */
export function closeTab(id: string): void {
  useDock.setState((state) => {
    const at = state.tabs.findIndex((tab) => tab.id === id)
    const tabs = state.tabs.filter((tab) => tab.id !== id)
    const activeId =
      state.activeId === id ? tabs[Math.min(at, tabs.length - 1)]?.id : state.activeId
    return {
      tabs,
      activeId,
      open: state.open && tabs.length > 0,
      maximised: state.maximised && tabs.length > 0
    }
  })
}

export function openShell(container: { endpointId: string; id: string; name: string }): void {
  openTab({
    id: crypto.randomUUID(),
    kind: 'shell',
    title: container.name,
    endpointId: container.endpointId,
    containerId: container.id
  })
}

export function openTask(taskId: string, title: string): void {
  openTab({ id: taskId, kind: 'task', title, taskId })
}
