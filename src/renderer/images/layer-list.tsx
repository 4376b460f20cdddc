import type { LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../ui/format'
import './pull/pull.css'

/** A layer on its way, as it is drawn. */
export interface ShownLayer {
  readonly id: string
  readonly icon: LucideIcon
  /** What it is at, in words. */
  readonly text: string
  readonly look: 'moving' | 'waiting' | 'done' | 'still'
  readonly currentBytes?: number
  readonly totalBytes?: number
}

/** The layers of a pull or a push, each with how far it is. */
export function LayerList({ layers }: { readonly layers: readonly ShownLayer[] }) {
  const { t } = useTranslation('images')
  return (
    <ul className="pull-layers" aria-label={t('pull.layers')}>
      {layers.map((layer) => (
        <LayerRow key={layer.id} layer={layer} />
      ))}
    </ul>
  )
}

function LayerRow({ layer }: { readonly layer: ShownLayer }) {
  const { id, look, currentBytes, totalBytes } = layer
  const size = totalBytes !== undefined ? formatBytes(totalBytes) : ''
  const isMoving = look === 'moving'
  return (
    <li className={`pull-layer pull-layer-${look}`}>
      <layer.icon size={13} aria-hidden />
      <code>{id}</code>
      <span>{layer.text}</span>
      <span className="pull-layer-bar">
        {isMoving && <progress aria-label={id} value={currentBytes ?? 0} max={totalBytes || 1} />}
      </span>
      <span className="pull-layer-size">
        {isMoving && currentBytes !== undefined ? `${formatBytes(currentBytes)} / ${size}` : size}
      </span>
    </li>
  )
}
