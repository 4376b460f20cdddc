import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Refusal } from './attach'
import type { Point } from './geometry'
import type { Hub } from './graph'
import type { Drag } from './use-drag'

/** While something is dragged: the line that would be, and in words what letting go does. */
export function DragOverlay(props: {
  readonly drag: Drag
  readonly container: Container
  readonly from: Point
  readonly hub: Hub | undefined
  readonly hubAt: Point | undefined
  readonly hue: string
  readonly refusal: Refusal | undefined
  readonly scale: number
}) {
  const { t } = useTranslation('networks')
  const { drag, container, hub, hubAt, from, refusal } = props
  const names = { container: container.name, network: hub?.name ?? '' }
  const end = drag.kind === 'node' ? (hubAt ?? drag.at) : drag.at
  const start = drag.kind === 'node' ? drag.at : from
  const effect =
    drag.kind === 'line'
      ? drag.isOff
        ? 'cut'
        : 'hold'
      : hub
        ? refusal
          ? 'refused'
          : 'connect'
        : 'move'
  const text = {
    cut: t('chart.pullDisconnect', names),
    hold: t('chart.pullHint', names),
    refused:
      refusal === 'already'
        ? t('chart.dropAlready', names)
        : t('actions.cannotConnect', {
            mode: refusal === 'mode' ? container.networkMode : (hub?.name ?? '')
          }),
    connect: t('chart.dropConnect', names),
    move: t('chart.dropMove', names)
  }[effect]
  const fontPx = 12 * props.scale
  return (
    <g className="drag" data-effect={effect} style={{ color: props.hue }}>
      {effect !== 'move' && (
        <line className="drag-line" x1={start.x} y1={start.y} x2={end.x} y2={end.y} />
      )}
      {drag.kind === 'line' && <circle className="drag-end" cx={end.x} cy={end.y} r="5" />}
      <text
        className="drag-text"
        role="status"
        x={drag.at.x}
        y={drag.at.y - 18 - 12 * props.scale}
        fontSize={fontPx}
      >
        {text}
      </text>
    </g>
  )
}
