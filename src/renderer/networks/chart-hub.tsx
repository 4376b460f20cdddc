import { Anchor, Ban, Unlink } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { NodeHandlers } from './chart-node'
import { HUB_RADIUS, type Point } from './geometry'
import type { Hub } from './graph'
import { fitText } from './text-width'

/** The widest name under a rose. */
const NAME_PX = 160

/** Eight points, the four winds longer than those between. */
function rosePath(radius: number): string {
  const points = Array.from({ length: 16 }, (_, at) => {
    const length = at % 2 === 1 ? radius * 0.24 : at % 4 === 0 ? radius * 0.86 : radius * 0.55
    const angle = (at * Math.PI) / 8
    return `${(Math.sin(angle) * length).toFixed(2)} ${(-Math.cos(angle) * length).toFixed(2)}`
  })
  return `M${points.join('L')}Z`
}

const ROSE = rosePath(HUB_RADIUS)

/** A network on the chart: a rose whose rhumbs lead to its containers; host and none are places. */
export const ChartHubButton = memo(function ChartHubButton(props: {
  readonly hub: Hub
  readonly at: Point
  readonly hue: string
  readonly label: string
  /** Its name, shorter within its project's region. */
  readonly name: string
  /** Under the name: what kind of place it is, or driver and subnet. */
  readonly note: string
  readonly scale: number
  readonly isSelected: boolean
  readonly isQuiet: boolean
  readonly isTabStop: boolean
  /** A container hangs over it: whether a drop would connect. */
  readonly drop: 'yes' | 'no' | undefined
  readonly handlers: NodeHandlers
}) {
  const { hub, at, scale, handlers } = props
  const name = fitText(props.name, NAME_PX * 1.1, 13 * scale, 650)
  const nameY = HUB_RADIUS + 6 + 11 * scale
  return (
    <g
      role="button"
      id={`chart-hub-${hub.key}`}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-label={props.label}
      aria-pressed={props.isSelected}
      className="chart-hub"
      data-kind={hub.kind}
      data-internal={hub.network?.internal || undefined}
      data-quiet={props.isQuiet || undefined}
      data-drop={props.drop}
      style={{ transform: `translate(${at.x}px, ${at.y}px)`, color: props.hue }}
      onPointerDown={(event) => handlers.onPress(hub.key, event)}
      onClick={() => handlers.onSelect(hub.key)}
      onKeyDown={(event) => handlers.onKey(hub.key, event)}
      onFocus={(event) => handlers.onFocus(hub.key, event.currentTarget)}
      onContextMenu={(event: MouseEvent) => {
        event.preventDefault()
        handlers.onMenu(hub.key, { x: event.clientX, y: event.clientY })
      }}
    >
      <title>{props.label}</title>
      <circle className="chart-hub-halo" r={HUB_RADIUS + 9} />
      <circle className="chart-hub-disc" r={HUB_RADIUS} />
      {hub.network?.internal && <circle className="chart-hub-wall" r={HUB_RADIUS + 4} />}
      <Sign kind={hub.kind} />
      {hub.kind !== 'adrift' && (
        <text className="chart-hub-name" y={nameY} fontSize={13 * scale}>
          {name}
        </text>
      )}
      {(scale < 1.3 || hub.kind === 'adrift') && (
        <text
          className="chart-hub-note"
          y={nameY + (hub.kind === 'adrift' ? 0 : 13 * scale)}
          fontSize={10.5 * scale}
        >
          {props.note}
        </text>
      )}
    </g>
  )
})

function Sign({ kind }: Pick<Hub, 'kind'>) {
  if (kind === 'network') return <path className="chart-hub-rose" d={ROSE} />
  const Icon = kind === 'host' ? Anchor : kind === 'none' ? Ban : Unlink
  return <Icon x={-10} y={-10} size={20} aria-hidden />
}
