import { lazy } from 'react'
import type { DockTab } from './dock-store'

const SessionTab = lazy(() =>
  import('../exec/session-tab').then((m) => ({ default: m.SessionTab }))
)
const LogsDockTab = lazy(() =>
  import('../logs/logs-dock-tab').then((m) => ({ default: m.LogsDockTab }))
)
const WatchTab = lazy(() =>
  import('../builds/watch/watch-tab').then((m) => ({ default: m.WatchTab }))
)
const TaskTab = lazy(() => import('../builds/task-tab').then((m) => ({ default: m.TaskTab })))

/** Draws a dock tab by its kind. This file lists. */
export function DockView({ tab, active }: { readonly tab: DockTab; readonly active: boolean }) {
  switch (tab.kind) {
    case 'session':
      return <SessionTab tab={tab} active={active} />
    case 'logs':
      return <LogsDockTab tab={tab} />
    case 'watch':
      return <WatchTab tab={tab} />
    case 'task':
      return <TaskTab taskId={tab.taskId} />
  }
}
