import type { Point } from './geometry'
import type { NodeShape } from './node-shape'
import type { Pair } from './pairs'

/** At the pills of the others while a container is selected: how it stands with them, and in how many ms. */
export function ChartBadge(props: {
  readonly at: Point
  readonly shape: NodeShape
  readonly pair: Pair
  /** `0.08 ms`, or empty. */
  readonly time: string
  readonly title: string
  readonly scale: number
  /** The end of the pill where no line is: -1 left, 1 right, 0 none. */
  readonly outward: -1 | 0 | 1
  readonly onSelect: () => void
}) {
  const { at, shape, pair, scale, outward } = props
  const mark = { reachable: '✓', unreachable: '✕', unknown: '?', unmeasured: '·' }[pair.status]
  const text = props.time === '' ? mark : `${mark} ${props.time}`
  const font = 10.5 * Math.min(scale, 1.3)
  const width = Math.max(18, text.length * font * 0.62 + 8)
  const middle =
    outward === 0
      ? { x: at.x, y: at.y + shape.height / 2 + font * 0.5 }
      : { x: at.x + outward * (shape.width / 2 + width / 2 - 6), y: at.y }
  return (
    <g
      className="chart-badge"
      data-status={pair.status}
      data-stale={pair.isStale || undefined}
      aria-hidden
      transform={`translate(${middle.x} ${middle.y})`}
      onClick={props.onSelect}
    >
      <title>{props.title}</title>
      <rect x={-width / 2} y={-font * 0.75} width={width} height={font * 1.5} rx={font * 0.75} />
      <text y={font * 0.36} fontSize={font}>
        {text}
      </text>
    </g>
  )
}
