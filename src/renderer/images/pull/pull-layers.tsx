import {
  ArrowDownToLine,
  CircleCheck,
  CircleDashed,
  HardDrive,
  PackageOpen,
  RotateCw,
  type LucideIcon
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PullLayerState } from '../../../shared/images/pull'
import { formatBytes } from '../../ui/format'
import { LayerList, type ShownLayer } from '../layer-list'
import type { PullLog } from './pull-log'
import './pull.css'

const ICONS: Readonly<Record<PullLayerState, LucideIcon>> = {
  waiting: CircleDashed,
  downloading: ArrowDownToLine,
  downloaded: ArrowDownToLine,
  retrying: RotateCw,
  extracting: PackageOpen,
  done: CircleCheck,
  exists: HardDrive
}

const LOOKS: Readonly<Partial<Record<PullLayerState, ShownLayer['look']>>> = {
  downloading: 'moving',
  extracting: 'moving',
  retrying: 'waiting',
  done: 'done'
}

/** How far a pull is: the whole in one bar, and each layer in its own. */
export function PullLayers({ log, title }: { readonly log: PullLog; readonly title: string }) {
  const { t } = useTranslation('images')
  return (
    <div className="pull">
      <PullSum log={log} title={title} />
      <LayerList
        layers={log.layers.map((layer) => ({
          ...layer,
          icon: ICONS[layer.state],
          text: t(`pull.states.${layer.state}`),
          look: LOOKS[layer.state] ?? 'still'
        }))}
      />
    </div>
  )
}

function PullSum({ log, title }: { readonly log: PullLog; readonly title: string }) {
  const { t } = useTranslation('images')
  return (
    <div className="pull-sum">
      <progress
        aria-label={t('pull.progressOf', { title })}
        {...(log.layers.length > 0 && { value: log.fraction })}
      />
      <span className="mono">{Math.floor(log.fraction * 100)} %</span>
      <span className="muted">
        {log.totalBytes > 0 &&
          t('pull.bytes', {
            done: formatBytes(log.downloadedBytes),
            total: formatBytes(log.totalBytes)
          })}
        {log.bytesPerSecond !== undefined &&
          ` · ${t('pull.rate', { rate: formatBytes(Math.round(log.bytesPerSecond)) })}`}
      </span>
    </div>
  )
}
