import { lazy, type ComponentType } from 'react'
import type { Image } from '../../shared/images/model'
import type { ImageTabId } from './image-page-store'

/** What a tab of an image's page gets: the row as it is now. It is made anew for another image. */
export interface ImageTabProps {
  readonly image: Image
}

interface ImageTab {
  readonly id: ImageTabId
  readonly component: ComponentType<ImageTabProps>
}

const OverviewTab = lazy(() =>
  import('../images/overview-tab').then((m) => ({ default: m.OverviewTab }))
)
const LayersTab = lazy(() => import('../layers/layers-tab').then((m) => ({ default: m.LayersTab })))
const FilesTab = lazy(() => import('../layers/files-tab').then((m) => ({ default: m.FilesTab })))
const HistoryTab = lazy(() =>
  import('../layers/history-tab').then((m) => ({ default: m.HistoryTab }))
)
const InspectTab = lazy(() =>
  import('../images/inspect-tab').then((m) => ({ default: m.InspectTab }))
)

/** The tabs of an image's page, in their order. This file lists; a tab's code comes when it is first shown. */
export const IMAGE_TABS: readonly ImageTab[] = [
  { id: 'overview', component: OverviewTab },
  { id: 'layers', component: LayersTab },
  { id: 'files', component: FilesTab },
  { id: 'history', component: HistoryTab },
  { id: 'inspect', component: InspectTab }
]
