import {
  CircleDot,
  CirclePause,
  CirclePlay,
  CircleSlash,
  RotateCw,
  TriangleAlert,
  type LucideIcon
} from 'lucide-react'
import { memo, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import type { Container } from '../../shared/containers/model'
import type { Point } from './geometry'
import type { NodeShape } from './node-shape'

/** A state's shape and colour, the same as in the list of containers. */
export function nodeLook(container: Container): {
  readonly icon: LucideIcon
  readonly look: 'good' | 'bad' | 'warn' | 'idle' | 'info'
} {
  if (container.health === 'unhealthy') return { icon: TriangleAlert, look: 'bad' }
  switch (container.state) {
    case 'running':
      return { icon: CirclePlay, look: 'good' }
    case 'paused':
      return { icon: CirclePause, look: 'warn' }
    case 'restarting':
      return { icon: RotateCw, look: 'warn' }
    case 'created':
      return { icon: CircleDot, look: 'info' }
    case 'removing':
    case 'exited':
      return { icon: CircleSlash, look: container.exitCode ? 'bad' : 'idle' }
    case 'dead':
      return { icon: TriangleAlert, look: 'bad' }
  }
}

/** What can be done to a node of the chart, hub or container; by its kind and key. */
export interface NodeHandlers {
  readonly onSelect: (key: string) => void
  readonly onPress: (key: string, event: PointerEvent) => void
  readonly onKey: (key: string, event: KeyboardEvent<SVGGElement>) => void
  readonly onMenu: (key: string, at: Point) => void
  readonly onFocus: (key: string, element: Element) => void
}

/** A container on the chart: a button. */
export const ChartNodeButton = memo(function ChartNodeButton(props: {
  readonly nodeKey: string
  readonly container: Container
  readonly at: Point
  readonly shape: NodeShape
  readonly label: string
  readonly isSelected: boolean
  /** Not what the selection is about. */
  readonly isQuiet: boolean
  readonly isTabStop: boolean
  readonly isDragged: boolean
  readonly handlers: NodeHandlers
}) {
  const { nodeKey, container, at, shape, handlers } = props
  const { icon: Icon, look } = nodeLook(container)
  const { width, height, iconPx, fontPx } = shape
  const left = -width / 2
  return (
    <g
      role="button"
      id={`chart-node-${nodeKey}`}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-label={props.label}
      aria-pressed={props.isSelected}
      className="chart-node"
      data-state={container.state}
      data-quiet={props.isQuiet || undefined}
      data-dragged={props.isDragged || undefined}
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
      onPointerDown={(event) => handlers.onPress(nodeKey, event)}
      onClick={() => handlers.onSelect(nodeKey)}
      onKeyDown={(event) => handlers.onKey(nodeKey, event)}
      onFocus={(event) => handlers.onFocus(nodeKey, event.currentTarget)}
      onContextMenu={(event: MouseEvent) => {
        event.preventDefault()
        handlers.onMenu(nodeKey, { x: event.clientX, y: event.clientY })
      }}
    >
      <title>{props.label}</title>
      <rect
        className="chart-node-pill"
        x={left}
        y={-height / 2}
        width={width}
        height={height}
        rx={height / 2}
      />
      {iconPx > 0 && (
        <g className={`chart-look-${look}`}>
          <Icon x={shape.iconX} y={-iconPx / 2} size={iconPx} aria-hidden />
        </g>
      )}
      <text className="chart-node-name" x={shape.nameX} y={fontPx * 0.35} fontSize={fontPx}>
        {shape.name}
      </text>
    </g>
  )
})
