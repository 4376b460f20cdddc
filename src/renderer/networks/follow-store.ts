import { create } from 'zustand'
import type { UpOf } from '../../shared/bridge/contract'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Definition } from '../../shared/contracts'
import type { FollowPoint, FollowRound, NotFollowed } from '../../shared/reachability/follow'
import { pairKey, type ProbeWay } from '../../shared/reachability/model'
import { openStream, type StreamClient } from '../bridge/stream'

/** Which pairs are followed. */
export type Wanted = UpOf<Definition<'reachability.follow'>>

/** Seconds of a pair that are kept and drawn. */
export const KEPT_ROUNDS = 60
const MOST_TURNS = 30

/** One second of a pair; no round trip: it was lost. */
export interface Beat {
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
export interface Turn {
  readonly atMs: number
  readonly sourceId: string
  readonly targetId: string
  readonly to: 'reachable' | 'unreachable'
}

interface Following {
  /** The endpoint that is followed; absent: none is. */
  readonly endpointId: string | undefined
  readonly live: ReadonlyMap<string, LivePair>
  /** The newest first. */
  readonly turns: readonly Turn[]
  readonly notFollowed: readonly NotFollowed[]
  readonly way: ProbeWay | undefined
  readonly error: ErrorData | undefined
}

const NONE: Following = {
  endpointId: undefined,
  live: new Map(),
  turns: [],
  notFollowed: [],
  way: undefined,
  error: undefined
}

/** What is followed in the window; it goes on while another section is shown, until it is ended. */
export const useFollowing = create<Following>(() => NONE)
let client: StreamClient<Wanted> | undefined

/** Follows these pairs from now on. */
export function follow(endpointId: string, wanted: Wanted): void {
  endFollowing()
  useFollowing.setState({ ...NONE, endpointId })
  const opened = openStream('reachability.follow', { endpointId }, 2, {
    onData: (round) => {
      useFollowing.setState((state) => taken(state, round))
      opened.grant(1)
    },
    onEnd: () => useFollowing.setState({ endpointId: undefined }),
    onError: (error) => useFollowing.setState({ endpointId: undefined, error })
  })
  opened.send(wanted)
  client = opened
}

/** Follows others instead; what is known of those that stay is kept. */
export function followOthers(wanted: Wanted): void {
  client?.send(wanted)
}

export function endFollowing(): void {
  client?.close()
  client = undefined
  useFollowing.setState({ endpointId: undefined, live: new Map(), error: undefined })
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
