import { lazy, type ComponentType } from 'react'
import type { Volume } from '../../shared/volumes/model'
import type { VolumeTabId } from './volume-page-store'

/** What a tab of a volume's page gets: the row as it is now. It is made anew for another volume. */
export interface VolumeTabProps {
  readonly volume: Volume
}

interface VolumeTab {
  readonly id: VolumeTabId
  readonly component: ComponentType<VolumeTabProps>
}

const OverviewTab = lazy(() =>
  import('../volumes/overview-tab').then((m) => ({ default: m.OverviewTab }))
)
const FilesTab = lazy(() =>
  import('../files/volume-files-tab').then((m) => ({ default: m.VolumeFilesTab }))
)
const InspectTab = lazy(() =>
  import('../volumes/inspect-tab').then((m) => ({ default: m.InspectTab }))
)

/** The tabs of a volume's page, in their order. This file lists; a tab's code comes when it is first shown. */
export const VOLUME_TABS: readonly VolumeTab[] = [
  { id: 'overview', component: OverviewTab },
  { id: 'files', component: FilesTab },
  { id: 'inspect', component: InspectTab }
]
