import type { PassedOver, ProbeWay } from './model'
import type { Reason } from './reasons'

/** Pairs that one follow may ask: all of 32 containers. */
export const MOST_FOLLOWED = 1000
/** Rounds that loss and jitter are told of: the last half a minute. */
export const FOLLOW_WINDOW = 30
/** So many lost in a row are an outage: one lost packet is none. */
const LOST_IN_A_ROW = 3

/** What the last second told of one ordered pair, and what the last {@link FOLLOW_WINDOW} of them did. */
export interface FollowPoint {
  readonly sourceId: string
  readonly targetId: string
  /** Round trip of this second in ms, of the fastest address; absent when it was lost. */
  readonly rttMs?: number
  /** The part of the window's pings that was lost, 0 to 1. */
  readonly loss: number
  /** How much a round trip differs from the one before it, in ms, on average over the window; absent until two have come. */
  readonly jitterMs?: number
  /** Said once, in the second in which it is certain: it answers again, or three pings in a row were lost. */
  readonly turned?: 'reachable' | 'unreachable'
}

/** A pair that cannot be followed now, and why: it is looked at again as soon as its containers change. */
export interface NotFollowed {
  readonly sourceId: string
  readonly targetId: string
  readonly reason: Reason
}

/** One second of a follow. */
export interface FollowRound {
  readonly atMs: number
  /** How it is measured; absent while nothing can be. */
  readonly way?: ProbeWay
  readonly passedOver?: readonly PassedOver[]
  readonly points: readonly FollowPoint[]
  /** Said in the first round after it has changed, and absent while it is as it was. */
  readonly notFollowed?: readonly NotFollowed[]
}

/** The last rounds of one pair, and what they amount to. */
export class FollowSeries {
  readonly #window: (number | undefined)[] = []
  #lostInARow = 0
  #standing: 'reachable' | 'unreachable' | undefined

  /** Takes a round in: its round trip in ms, or nothing when it was lost. */
  push(rttMs: number | undefined): Omit<FollowPoint, 'sourceId' | 'targetId'> {
    this.#window.push(rttMs)
    if (this.#window.length > FOLLOW_WINDOW) this.#window.shift()
    const jitterMs = this.#jitter()
    const turned = this.#turn(rttMs)
    return {
      ...(rttMs !== undefined && { rttMs }),
      loss: this.#window.filter((each) => each === undefined).length / this.#window.length,
      ...(jitterMs !== undefined && { jitterMs }),
      ...(turned && { turned })
    }
  }

  #jitter(): number | undefined {
    const came = this.#window.filter((each) => each !== undefined)
    if (came.length < 2) return undefined
    let sum = 0
    for (const [at, each] of came.entries()) if (at > 0) sum += Math.abs(each - (came[at - 1] ?? 0))
    return sum / (came.length - 1)
  }

  /** The first standing is no turn: it is what the follow begins with. */
  #turn(rttMs: number | undefined): 'reachable' | 'unreachable' | undefined {
    this.#lostInARow = rttMs === undefined ? this.#lostInARow + 1 : 0
    const now =
      rttMs !== undefined
        ? 'reachable'
        : this.#lostInARow >= LOST_IN_A_ROW
          ? 'unreachable'
          : this.#standing
    const before = this.#standing
    this.#standing = now
    return before !== undefined && before !== now ? now : undefined
  }
}
