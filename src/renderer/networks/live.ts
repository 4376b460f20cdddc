import type { ErrorData } from '../../shared/bridge/errors'
import type { FollowPoint, FollowRound, NotFollowed } from '../../shared/reachability/follow'
import { pairKey, type ProbeWay } from '../../shared/reachability/model'

/** Seconds of a pair that are kept and drawn. */
export const KEPT_ROUNDS = 60
const MOST_TURNS = 30

/** One second of a pair; no round trip: it was lost. */
interface Beat {
  readonly atMs: number
  readonly rttMs: number | undefined
}

/** What following told of a pair so far. */
export interface LivePair {
  readonly beats: readonly Beat[]
  readonly loss: number
  readonly jitterMs: number | undefined
  /** As it stands: a lost packet or two are no outage. */
  readonly standing: 'reachable' | 'unreachable' | undefined
}

/** A pair that began to answer, or to answer no more. */
interface Turn {
  readonly atMs: number
  readonly sourceId: string
  readonly targetId: string
  readonly to: 'reachable' | 'unreachable'
}

/** What following has told so far. */
export interface Following {
  /** The endpoint that is followed; absent: none is. */
  readonly endpointId: string | undefined
  readonly live: ReadonlyMap<string, LivePair>
  /** The newest first. */
  readonly turns: readonly Turn[]
  readonly notFollowed: readonly NotFollowed[]
  readonly way: ProbeWay | undefined
  readonly error: ErrorData | undefined
}

export const NONE: Following = {
  endpointId: undefined,
  live: new Map(),
  turns: [],
  notFollowed: [],
  way: undefined,
  error: undefined
}

/** What is known after one more round. Pairs that are no longer told of are followed no longer. */
export function taken(state: Following, round: FollowRound): Following {
  const { atMs, points, way } = round
  const turns = points.flatMap(({ sourceId, targetId, turned }): Turn[] =>
    turned ? [{ atMs, sourceId, targetId, to: turned }] : []
  )
  return {
    ...state,
    way: way ?? state.way,
    live: new Map(
      points.map((point) => [pairKey(point), grown(state.live.get(pairKey(point)), point, atMs)])
    ),
    turns: [...turns, ...state.turns].slice(0, MOST_TURNS),
    notFollowed: round.notFollowed ?? state.notFollowed
  }
}

/** Lost pings in a row that make an outage, as main counts them. */
const OUTAGE = 3

function grown(known: LivePair | undefined, point: FollowPoint, atMs: number): LivePair {
  const { rttMs, loss, jitterMs } = point
  const beats = [...(known?.beats ?? []), { atMs, rttMs }].slice(-KEPT_ROUNDS)
  const isOut =
    beats.length >= OUTAGE && beats.slice(-OUTAGE).every((beat) => beat.rttMs === undefined)
  const standing = rttMs !== undefined ? 'reachable' : isOut ? 'unreachable' : known?.standing
  return { beats, loss, jitterMs, standing }
}
