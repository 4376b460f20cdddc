import { memo, type MouseEvent } from 'react'
import type { NodeHandlers } from './chart-node'
import type { Point } from './geometry'
import type { NodeShape } from './node-shape'

/** A published port on the chart, beside the host: a button that selects the container it leads to. */
export const ChartPortButton = memo(function ChartPortButton(props: {
  readonly portKey: string
  readonly at: Point
  readonly shape: NodeShape
  readonly label: string
  readonly isSelected: boolean
  readonly isQuiet: boolean
  readonly isTabStop: boolean
  readonly isDragged: boolean
  readonly handlers: NodeHandlers
}) {
  const { portKey, at, shape, handlers } = props
  const { width, height, fontPx } = shape
  return (
    <g
      role="button"
      id={`chart-node-${portKey}`}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-label={props.label}
      aria-pressed={props.isSelected}
      className="chart-node chart-port"
      data-quiet={props.isQuiet || undefined}
      data-dragged={props.isDragged || undefined}
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
      onPointerDown={(event) => handlers.onPress(portKey, event)}
      onClick={() => handlers.onSelect(portKey)}
      onKeyDown={(event) => handlers.onKey(portKey, event)}
      onFocus={(event) => handlers.onFocus(portKey, event.currentTarget)}
      onContextMenu={(event: MouseEvent) => {
        event.preventDefault()
        handlers.onMenu(portKey, { x: event.clientX, y: event.clientY })
      }}
    >
      <title>{props.label}</title>
      <rect
        className="chart-node-pill"
        x={-width / 2}
        y={-height / 2}
        width={width}
        height={height}
        rx="4"
      />
      <text className="chart-node-name" y={fontPx * 0.35} fontSize={fontPx}>
        {shape.name}
      </text>
    </g>
  )
})
