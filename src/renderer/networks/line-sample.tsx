import type { PairStatus } from './pairs'

/** How a line of this status is drawn on the chart, in small: what the counts count. */
export function LineSample(props: { readonly status: PairStatus; readonly isStale?: boolean }) {
  return (
    <svg className="line-sample" viewBox="0 0 30 12" aria-hidden>
      <g className="reach-line" data-status={props.status} data-stale={props.isStale || undefined}>
        <path className="reach-stroke" d="M1 6H29" />
        {props.status === 'unreachable' && (
          <>
            <circle className="reach-mark-ground" cx="15" cy="6" r="5.5" />
            <path className="reach-cross" d="M12 3 18 9M18 3 12 9" />
          </>
        )}
        {props.status === 'unknown' && (
          <text className="reach-text" x="15" y="6" dy="0.35em">
            ?
          </text>
        )}
      </g>
    </svg>
  )
}
