import { Check, CircleHelp, Minus, X } from 'lucide-react'
import type { PairStatus } from './pairs'

const ICONS = { reachable: Check, unreachable: X, unknown: CircleHelp, unmeasured: Minus } as const

/** A pair's status as a shape and a colour; the words are beside it or in its place's name. */
export function StatusMark(props: {
  readonly status: PairStatus
  readonly isStale: boolean
  readonly size?: number
}) {
  const Icon = ICONS[props.status]
  return (
    <span
      className="pair-mark"
      data-status={props.status}
      data-stale={props.isStale || undefined}
      aria-hidden
    >
      <Icon size={props.size ?? 13} />
    </span>
  )
}
