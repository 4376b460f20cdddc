import { memo } from 'react'
import type { PairStatus } from './pairs'
import type { Curve } from './line-paths'

/** One drawn line of reachability. */
export interface ReachLine {
  readonly key: string
  readonly sourceId: string
  readonly targetId: string
  readonly status: PairStatus
  readonly isStale: boolean
  /** Both directions are the same: one line without an arrow. */
  readonly isMutual: boolean
  readonly curve: Curve
  /** On the line: the time of one selected pair. */
  readonly text: string
  readonly title: string
}

/** With more lines, those to what is not reached step back: the badges at their ends say it. */
const CROWD = 18

const ARROWS = ['reachable', 'unreachable', 'unknown'] as const

/** Who reaches whom, over the attachments: solid with an arrow, dashed with a cross, dotted with a question mark. */
export const ReachLines = memo(function ReachLines(props: {
  readonly lines: readonly ReachLine[]
  /** Nothing is selected: thin, behind everything else. */
  readonly isQuiet: boolean
  readonly onSelect: (sourceId: string, targetId: string) => void
}) {
  return (
    <g
      className="reach"
      data-quiet={props.isQuiet || undefined}
      data-crowded={isCrowd(props.lines) || undefined}
      aria-hidden
    >
      <defs>
        {ARROWS.map((status) => (
          <marker
            key={status}
            id={`reach-arrow-${status}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path className={`reach-arrow reach-arrow-${status}`} d="M0.5 0.5 7.5 4 0.5 7.5Z" />
          </marker>
        ))}
      </defs>
      {props.lines.map((line) => (
        <g
          key={line.key}
          className="reach-line"
          data-status={line.status}
          data-stale={line.isStale || undefined}
          onClick={() => props.onSelect(line.sourceId, line.targetId)}
        >
          <title>{line.title}</title>
          <path className="reach-hit" d={line.curve.path} />
          <path
            className="reach-stroke"
            d={line.curve.path}
            markerEnd={
              line.isMutual || line.status === 'unmeasured'
                ? undefined
                : `url(#reach-arrow-${line.status})`
            }
          />
        </g>
      ))}
    </g>
  )
})

/** The marks on the lines: a layer of its own, over the hubs' names. */
export const ReachMarks = memo(function ReachMarks(props: {
  readonly lines: readonly ReachLine[]
  readonly isQuiet: boolean
}) {
  if (isCrowd(props.lines)) return null
  return (
    <g className="reach-marks" data-quiet={props.isQuiet || undefined} aria-hidden>
      {props.lines.map((line) => (
        <g
          key={line.key}
          className="reach-line"
          data-status={line.status}
          data-stale={line.isStale || undefined}
        >
          <Mark line={line} />
        </g>
      ))}
    </g>
  )
})

function isCrowd(lines: readonly ReachLine[]): boolean {
  return lines.length > CROWD
}

function Mark({ line }: { readonly line: ReachLine }) {
  const { x, y } = line.curve.middle
  if (line.status === 'unreachable') {
    return (
      <g transform={`translate(${x} ${y})`}>
        <circle className="reach-mark-ground" r="7" />
        <path className="reach-cross" d="M-3.5-3.5 3.5 3.5M3.5-3.5-3.5 3.5" />
      </g>
    )
  }
  const text = line.status === 'unknown' ? '?' : line.text
  if (text === '') return null
  return (
    <text className="reach-text" x={x} y={y} dy="0.35em">
      {text}
    </text>
  )
}
