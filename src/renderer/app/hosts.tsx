import { lazy, Suspense } from 'react'
import { BulkHost } from '../containers/bulk-host'

const BuildHost = lazy(() => import('../builds/build-host').then((m) => ({ default: m.BuildHost })))
const LimitsHost = lazy(() =>
  import('../stats/limits/limits-host').then((m) => ({ default: m.LimitsHost }))
)
const PullHost = lazy(() =>
  import('../images/pull/pull-host').then((m) => ({ default: m.PullHost }))
)
const ContainerDialogsHost = lazy(() =>
  import('../containers/dialogs-host').then((m) => ({ default: m.ContainerDialogsHost }))
)
const ChangesHost = lazy(() =>
  import('../changes/changes-host').then((m) => ({ default: m.ChangesHost }))
)
const RepairNotices = lazy(() =>
  import('../recreate/repair-notices').then((m) => ({ default: m.RepairNotices }))
)
const RemoveImagesHost = lazy(() =>
  import('../cleanup/remove-images').then((m) => ({ default: m.RemoveImagesHost }))
)
const LogInHost = lazy(() =>
  import('../registries/log-in-dialog').then((m) => ({ default: m.LogInHost }))
)
const VolumeDialogsHost = lazy(() =>
  import('../volumes/dialogs-host').then((m) => ({ default: m.VolumeDialogsHost }))
)
const DockerfileHost = lazy(() =>
  import('../dockerfile/dockerfile-host').then((m) => ({ default: m.DockerfileHost }))
)
const PublishHost = lazy(() =>
  import('../images/push/publish-host').then((m) => ({ default: m.PublishHost }))
)
const RunHost = lazy(() => import('../run/run-host').then((m) => ({ default: m.RunHost })))

const NetworkDialogsHost = lazy(() =>
  import('../networks/dialogs/network-dialogs-host').then((m) => ({
    default: m.NetworkDialogsHost
  }))
)

const ArchiveHost = lazy(() =>
  import('../transfers/archive-host').then((m) => ({ default: m.ArchiveHost }))
)
const PruneImagesHost = lazy(() =>
  import('../cleanup/prune-host').then((m) => ({ default: m.PruneImagesHost }))
)

/** Where the features' dialogs appear, over whatever is shown. This file lists. */
export function Hosts() {
  return (
    <Suspense fallback={null}>
      <ArchiveHost />
      <BuildHost />
      <ChangesHost />
      <DockerfileHost />
      <LimitsHost />
      <PullHost />
      <BulkHost />
      <ContainerDialogsHost />
      <NetworkDialogsHost />
      <PruneImagesHost />
      <RemoveImagesHost />
      <RepairNotices />
      <RunHost />
      <PublishHost />
      <LogInHost />
      <VolumeDialogsHost />
    </Suspense>
  )
}
