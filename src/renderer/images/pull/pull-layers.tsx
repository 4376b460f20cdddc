import {
  ArrowDownToLine,
  CircleCheck,
  CircleDashed,
  HardDrive,
  PackageOpen,
  type LucideIcon
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PullLayer, PullLayerState } from '../../../shared/images/pull'
import { formatBytes } from '../../ui/format'
import type { PullLog } from './pull-log'
import './pull.css'

const ICONS: Readonly<Record<PullLayerState, LucideIcon>> = {
  waiting: CircleDashed,
  downloading: ArrowDownToLine,
  downloaded: ArrowDownToLine,
  extracting: PackageOpen,
  done: CircleCheck,
  exists: HardDrive
}

/** How far a pull is: the whole in one bar, and each layer in its own. */
export function PullLayers({ log, title }: { readonly log: PullLog; readonly title: string }) {
  const { t } = useTranslation('images')
  return (
    <div className="pull">
      <PullSum log={log} title={title} />
      <ul className="pull-layers" aria-label={t('pull.layers')}>
        {log.layers.map((layer) => (
          <LayerRow key={layer.id} layer={layer} />
        ))}
      </ul>
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

function LayerRow({ layer }: { readonly layer: PullLayer }) {
  const { t } = useTranslation('images')
  const Icon = ICONS[layer.state]
  const isMoving = layer.state === 'downloading' || layer.state === 'extracting'
  const size = layer.totalBytes !== undefined ? formatBytes(layer.totalBytes) : ''
  return (
    <li className={`pull-layer pull-layer-${layer.state}`}>
      <Icon size={13} aria-hidden />
      <code>{layer.id}</code>
      <span>{t(`pull.states.${layer.state}`)}</span>
      <span className="pull-layer-bar">
        {isMoving && (
          <progress
            aria-label={layer.id}
            value={layer.currentBytes ?? 0}
            max={layer.totalBytes || 1}
          />
        )}
      </span>
      <span className="pull-layer-size">
        {isMoving && layer.currentBytes !== undefined
          ? `${formatBytes(layer.currentBytes)} / ${size}`
          : size}
      </span>
    </li>
  )
}
