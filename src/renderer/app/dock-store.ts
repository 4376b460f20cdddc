import { create } from 'zustand'
import type { BuildOptions } from '../../shared/builds/model'
import type { ShellChoice } from '../../shared/exec/model'

/** What a session's tab asks main for, once it is on the screen and knows its size. */
export type SessionAsk =
  | ({ readonly kind: 'exec' } & ShellChoice)
  | { readonly kind: 'attach'; readonly start: boolean; readonly echoed: boolean }

/** A terminal session's tab: its id is the session's. */
export interface SessionDockTab {
  readonly id: string
  readonly kind: 'session'
  readonly title: string
  readonly endpointId: string
  readonly containerId: string
  /** Absent once main has it. */
  readonly ask?: SessionAsk
}

/** A tab of the dock: which feature draws it, and what it is about. */
export type DockTab =
  | SessionDockTab
  | {
      readonly id: string
      readonly kind: 'logs'
      readonly title: string
      readonly targets: readonly { readonly endpointId: string; readonly containerId: string }[]
    }
  | { readonly id: string; readonly kind: 'task'; readonly title: string; readonly taskId: string }
  | {
      readonly id: string
      readonly kind: 'watch'
      readonly title: string
      readonly endpointId: string
      readonly options: BuildOptions
    }

interface DockState {
  readonly tabs: readonly DockTab[]
  readonly activeId: string | undefined
  /** The tab that is shown beside the active one, if any. */
  readonly besideId: string | undefined
  readonly open: boolean
  readonly maximised: boolean
  readonly heightPx: number
}

/** The dock: its tabs outlive every change of view. */
export const useDock = create<DockState>(() => ({
  tabs: [],
  activeId: undefined,
  besideId: undefined,
  open: false,
  maximised: false,
  heightPx: 280
}))

/** Opens a tab and shows it; one of the same id is shown instead. */
export function openTab(tab: DockTab): void {
  useDock.setState((state) => ({
    open: true,
    tabs: state.tabs.some((existing) => existing.id === tab.id) ? state.tabs : [...state.tabs, tab]
  }))
  showTab(tab.id)
}

/** Shows a tab that is there; the one beside changes places with it. */
export function showTab(id: string): void {
  useDock.setState(({ activeId, besideId }) => ({
    activeId: id,
    besideId: besideId === id ? activeId : besideId
  }))
}

/** Takes a tab off the dock and shows its neighbour. Whose work ends with it says `dock-sessions`. */
export function closeTab(id: string): void {
  useDock.setState((state) => {
    const at = state.tabs.findIndex((tab) => tab.id === id)
    if (at < 0) return state
    const tabs = state.tabs.filter((tab) => tab.id !== id)
    const left = tabs.filter((tab) => tab.id !== state.besideId)
    const next = left[Math.min(at, left.length - 1)] ?? tabs[0]
    const activeId = state.activeId === id ? next?.id : state.activeId
    const besideId =
      state.besideId === id || state.besideId === activeId ? undefined : state.besideId
    return {
      tabs,
      activeId,
      besideId,
      open: state.open && tabs.length > 0,
      maximised: state.maximised && tabs.length > 0
    }
  })
}

/** Shows another tab beside the active one: the next of the list. Again, and there is one only. */
export function toggleSplit(): void {
  useDock.setState(({ tabs, activeId, besideId }) => {
    if (besideId !== undefined) return { besideId: undefined }
    const at = tabs.findIndex((tab) => tab.id === activeId)
    const next = tabs[(at + 1) % tabs.length]
    return { besideId: next && next.id !== activeId ? next.id : undefined }
  })
}

/** A container, as far as a session needs to know it. */
export interface SessionContainer {
  readonly endpointId: string
  readonly id: string
  readonly name: string
}

/** Opens a shell in a container, or runs a command there. Answers the session's id. */
export function openShell(container: SessionContainer, choice: ShellChoice = {}): string {
  return openSessionTab(container, { kind: 'exec', ...choice })
}

/**
 * Attaches to a container's main process; with `start` it starts it, once it listens. `echoed`: the command line has been shown already
 * (`docker run`). Answers the session's id.
 */
export function openAttach(
  container: SessionContainer,
  options: { readonly start?: boolean; readonly echoed?: boolean } = {}
): string {
  const { start = false, echoed = false } = options
  return openSessionTab(container, { kind: 'attach', start, echoed })
}

function openSessionTab({ endpointId, id, name }: SessionContainer, ask: SessionAsk): string {
  const sessionId = crypto.randomUUID()
  openTab({ id: sessionId, kind: 'session', title: name, endpointId, containerId: id, ask })
  return sessionId
}

/** Shows the tab of a session that main has. */
export function openSession(sessionId: string): void {
  useDock.setState({ open: true })
  showTab(sessionId)
}

/** The logs of containers, merged; of the same ones the tab that there is. */
export function openLogs(
  containers: readonly {
    readonly endpointId: string
    readonly id: string
    readonly name: string
  }[]
): void {
  openTab({
    id: `logs ${containers.map(({ endpointId, id }) => `${endpointId}/${id}`).join(' ')}`,
    kind: 'logs',
    title: containers.map(({ name }) => name).join(', '),
    targets: containers.map(({ endpointId, id }) => ({ endpointId, containerId: id }))
  })
}

export function openTask(taskId: string, title: string): void {
  openTab({ id: taskId, kind: 'task', title, taskId })
}

/** Builds a folder again and again as it changes, as long as the tab is there. */
export function openWatch(endpointId: string, options: BuildOptions): void {
  const title = options.tags[0] ?? options.contextPath
  openTab({ id: crypto.randomUUID(), kind: 'watch', title, endpointId, options })
}

/** Puts the focus into the terminal that the dock shows. */
export function focusDock(): void {
  document
    .querySelector<HTMLElement>('.dock-content:not([hidden]):not(.dock-beside) .xterm textarea')
    ?.focus()
}
