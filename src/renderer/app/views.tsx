import {
  Boxes,
  Database,
  Hammer,
  HardDrive,
  Layers,
  Network,
  Server,
  Settings2,
  Warehouse,
  type LucideIcon
} from 'lucide-react'
import { lazy, type ComponentType } from 'react'
import { ContainersView } from '../containers/containers-view'
import type { Section } from './ui-store'

interface View {
  readonly section: Section
  readonly icon: LucideIcon
  readonly component: ComponentType
  /** What the rail counts beside it. */
  readonly counts?: 'containers' | 'images' | 'networks' | 'volumes'
}

const ImagesView = lazy(() =>
  import('../images/images-view').then((m) => ({ default: m.ImagesView }))
)
const BuildsView = lazy(() =>
  import('../builds/builds-view').then((m) => ({ default: m.BuildsView }))
)
const NetworksView = lazy(() =>
  import('../networks/networks-view').then((m) => ({ default: m.NetworksView }))
)
const VolumesView = lazy(() =>
  import('../volumes/volumes-view').then((m) => ({ default: m.VolumesView }))
)
const DiskView = lazy(() => import('../cleanup/disk-view').then((m) => ({ default: m.DiskView })))
const RegistriesView = lazy(() =>
  import('../registries/registries-view').then((m) => ({ default: m.RegistriesView }))
)
const EngineView = lazy(() =>
  import('../engines/engine-view').then((m) => ({ default: m.EngineView }))
)
const SettingsView = lazy(() =>
  import('./settings-view').then((m) => ({ default: m.SettingsView }))
)

/** The places of the rail, in its order. This file lists; the first list is here at once, the others when they are asked for. */
export const VIEWS: readonly View[] = [
  { section: 'containers', icon: Boxes, component: ContainersView, counts: 'containers' },
  { section: 'images', icon: Layers, component: ImagesView, counts: 'images' },
  { section: 'builds', icon: Hammer, component: BuildsView },
  { section: 'networks', icon: Network, component: NetworksView, counts: 'networks' },
  { section: 'volumes', icon: Database, component: VolumesView, counts: 'volumes' },
  { section: 'disk', icon: HardDrive, component: DiskView },
  { section: 'registries', icon: Warehouse, component: RegistriesView },
  { section: 'engine', icon: Server, component: EngineView },
  { section: 'settings', icon: Settings2, component: SettingsView }
]
