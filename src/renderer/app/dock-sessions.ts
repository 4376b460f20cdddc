import type { TerminalSession } from '../../shared/exec/model'
import { call } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { closeTab, useDock, type SessionDockTab } from './dock-store'

/** Where the dock's look waits for the window's next load. */
const KEPT_AS = 'portolan-dock'

/**
 * Keeps the dock's tabs as main's sessions are: after the window was loaded anew every session has its tab again, one that was forgotten
 * loses it, and closing a tab ends its session. Once, at the start of the page.
 */
export function followSessions(): void {
  const kept = readKept()
  let isRestored = false
  const closed = new Set<string>()

  function follow(sessions: ReadonlyMap<string, TerminalSession>): void {
    const rows = new Map([...sessions.values()].map((row) => [row.id, row]))
    const { tabs } = useDock.getState()
    const missing = [...rows.values()].filter(
      ({ id }) => !closed.has(id) && tabs.every((tab) => tab.id !== id)
    )
    const known = tabs.map((tab) => (tab.kind === 'session' ? withRow(tab, rows.get(tab.id)) : tab))
    const added = missing.toSorted((a, b) => a.startedAtMs - b.startedAtMs).map(tabOf)
    if (added.length > 0 || known.some((tab, at) => tab !== tabs[at]))
      useDock.setState({ tabs: [...known, ...added] })
    if (!isRestored && added.length > 0) restore(added, kept)
    for (const tab of known) {
      if (tab.kind === 'session' && !tab.ask && !rows.has(tab.id)) closeTab(tab.id)
    }
    isRestored = true
  }

  useMirror.subscribe(({ sessions, revision }, before) => {
    if (revision >= 0 && (sessions !== before.sessions || before.revision < 0)) follow(sessions)
  })
  useDock.subscribe((state, before) => {
    for (const tab of before.tabs) {
      if (tab.kind !== 'session' || state.tabs.some(({ id }) => id === tab.id)) continue
      closed.add(tab.id)
      const { endpointId, id: sessionId } = tab
      // One that is not there (any more) needs no end.
      call('exec.dismiss', { endpointId, sessionId }).catch(() => undefined)
    }
    const { activeId, besideId, open, maximised, heightPx } = state
    sessionStorage.setItem(
      KEPT_AS,
      JSON.stringify({ activeId, besideId, open, maximised, heightPx })
    )
  })
}

function tabOf(row: TerminalSession): SessionDockTab {
  const { id, endpointId, containerId, containerName } = row
  return { id, kind: 'session', title: containerName, endpointId, containerId }
}

/** Main has the session: from now on its row decides whether there is a tab. */
function withRow(tab: SessionDockTab, row: TerminalSession | undefined): SessionDockTab {
  return tab.ask && row ? tabOf(row) : tab
}

type Kept = Partial<ReturnType<typeof useDock.getState>>

function restore(tabs: readonly SessionDockTab[], kept: Kept): void {
  const isThere = (id: string | undefined): boolean => tabs.some((tab) => tab.id === id)
  const activeId = isThere(kept.activeId) ? kept.activeId : tabs[0]?.id
  const { open = true, maximised = false, heightPx = useDock.getState().heightPx } = kept
  const besideId = isThere(kept.besideId) && kept.besideId !== activeId ? kept.besideId : undefined
  useDock.setState({ activeId, besideId, open, maximised, heightPx })
}

function readKept(): Kept {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '{}') as Kept
  } catch {
    return {}
  }
}
