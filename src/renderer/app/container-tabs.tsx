import { lazy, type ComponentType } from 'react'
import type { Container } from '../../shared/containers/model'
import type { ContainerTabId } from './container-page-store'

/** What a tab of a container's page gets: the row as it is now. It is made anew for another container. */
export interface ContainerTabProps {
  readonly container: Container
}

interface ContainerTab {
  readonly id: ContainerTabId
  readonly component: ComponentType<ContainerTabProps>
}

const OverviewTab = lazy(() =>
  import('../containers/overview-tab').then((m) => ({ default: m.OverviewTab }))
)
const LogsTab = lazy(() => import('../logs/logs-tab').then((m) => ({ default: m.LogsTab })))
const TerminalTab = lazy(() =>
  import('../exec/terminal-tab').then((m) => ({ default: m.TerminalTab }))
)
const ChangesTab = lazy(() =>
  import('../changes/changes-tab').then((m) => ({ default: m.ChangesTab }))
)
const FilesTab = lazy(() => import('../files/files-tab').then((m) => ({ default: m.FilesTab })))
const InspectTab = lazy(() =>
  import('../containers/inspect-tab').then((m) => ({ default: m.InspectTab }))
)

const ProcessesTab = lazy(() =>
  import('../processes/processes-tab').then((m) => ({ default: m.ProcessesTab }))
)
const StatsTab = lazy(() => import('../stats/stats-tab').then((m) => ({ default: m.StatsTab })))

/** The tabs of a container's page, in their order. This file lists; a tab's code comes when it is first shown. */
export const CONTAINER_TABS: readonly ContainerTab[] = [
  { id: 'overview', component: OverviewTab },
  { id: 'logs', component: LogsTab },
  { id: 'terminal', component: TerminalTab },
  { id: 'files', component: FilesTab },
  { id: 'stats', component: StatsTab },
  { id: 'processes', component: ProcessesTab },
  { id: 'changes', component: ChangesTab },
  { id: 'inspect', component: InspectTab }
]
