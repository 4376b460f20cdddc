import { memo, type PointerEvent, type SVGAttributes } from 'react'
import type { Point } from './geometry'
import type { MooringCurve } from './line-paths'

/** One drawn attachment. */
export interface Mooring {
  readonly key: string
  readonly nodeKey: string
  readonly hubKey: string
  readonly hue: string
  readonly curve: MooringCurve
  /** The address, or of a container that does not run its state. */
  readonly text: string
  readonly isAddress: boolean
  /** The selection is about others. */
  readonly isDimmed: boolean
  /** The container does not run. */
  readonly isIdle: boolean
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
          data-idle={each.isIdle || undefined}
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
          {(props.showAddresses || each.isLit) && each.text !== '' && (
            <text
              className={each.isAddress ? 'mooring-text mono' : 'mooring-text'}
              {...TEXT_AT[each.curve.from](each.curve.end)}
            >
              {each.text}
            </text>
          )}
        </g>
      ))}
    </g>
  )
})

/** Where the text of a line stands, by where the line comes from. */
const TEXT_AT: Readonly<
  Record<MooringCurve['from'], (end: Point) => SVGAttributes<SVGTextElement>>
> = {
  left: ({ x, y }) => ({ x: x - 7, y: y - 4, textAnchor: 'end' }),
  right: ({ x, y }) => ({ x: x + 7, y: y - 4, textAnchor: 'start' }),
  above: ({ x, y }) => ({ x, y: y - 9, textAnchor: 'middle' }),
  below: ({ x, y }) => ({ x, y: y + 15, textAnchor: 'middle' })
}
