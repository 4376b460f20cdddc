import { memo, type PointerEvent } from 'react'
import type { mooring } from './line-paths'

/** One drawn attachment. */
export interface Mooring {
  readonly key: string
  readonly nodeKey: string
  readonly hubKey: string
  readonly hue: string
  readonly curve: ReturnType<typeof mooring>
  readonly address: string
  readonly isDimmed: boolean
  readonly isLit: boolean
  readonly title: string
  /** Places hold whoever is there: nothing to pull off. */
  readonly canPull: boolean
}

/** The attachments: a thin line of the network's colour each, with the container's address at its end. */
export const ChartMoorings = memo(function ChartMoorings(props: {
  readonly moorings: readonly Mooring[]
  readonly showAddresses: boolean
  readonly onPull: (nodeKey: string, hubKey: string, event: PointerEvent) => void
}) {
  return (
    <g className="moorings" aria-hidden>
      {props.moorings.map((each) => (
        <g
          key={each.key}
          className="mooring"
          data-dimmed={each.isDimmed || undefined}
          data-lit={each.isLit || undefined}
          data-pull={each.canPull || undefined}
          style={{ color: each.hue }}
          onPointerDown={(event) => {
            if (each.canPull) props.onPull(each.nodeKey, each.hubKey, event)
          }}
        >
          <title>{each.title}</title>
          <path className="mooring-hit" d={each.curve.path} />
          <path className="mooring-line" style={{ d: `path("${each.curve.path}")` }} />
          <circle className="mooring-end" cx={each.curve.end.x} cy={each.curve.end.y} r="2.6" />
          {(props.showAddresses || each.isLit) && each.address !== '' && (
            <text
              className="mooring-address"
              x={each.curve.end.x - each.curve.side * 8}
              y={each.curve.end.y - (each.curve.side === 0 ? 12 : 4)}
              textAnchor={each.curve.side === 0 ? 'middle' : each.curve.side > 0 ? 'end' : 'start'}
            >
              {each.address}
            </text>
          )}
        </g>
      ))}
    </g>
  )
})
