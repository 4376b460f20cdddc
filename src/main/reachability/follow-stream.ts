import type { reachability } from '../../shared/reachability/contract'
import type { FollowSeries } from '../../shared/reachability/follow'
import { isHelper } from '../../shared/reachability/helper'
import { pairKey } from '../../shared/reachability/model'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { Engine } from '../engine/engine'
import type { EngineEvent } from '../engine/events'
import { follow, type FollowedPair } from './follow'
import type { Measuring } from './measuring'

type Follow = HandlersOf<typeof reachability>['follow']
type Wanted = Parameters<Parameters<Parameters<Follow>[1]['onUp']>[0]>[0]

/** What a container does that a follow rests on; the exec events and the like are our own noise. */
const CHANGES = new Set(['start', 'die', 'pause', 'unpause', 'destroy', 'connect', 'disconnect'])

/** The handler of `reachability.follow`: what the window asks for last is what is measured, until it closes the stream. */
export function followStream(
  measuringAt: (engine: Engine, context: HandlerContext) => Omit<Measuring, 'signal'>
): Follow {
  return async ({ endpointId }, stream, context) => {
    const series = new Map<string, FollowSeries>()
    let run = new AbortController()
    let wanted: Wanted = { pairs: [], containerIds: [] }
    stream.signal.addEventListener('abort', () => run.abort())
    stream.onUp((message) => {
      wanted = message
      run.abort()
    })
    while (!stream.signal.aborted) {
      run = new AbortController()
      const { signal } = run
      const pairs = pairsOf(wanted)
      if (pairs.length === 0) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        continue
      }
      const ids = new Set(pairs.flatMap(({ sourceId, targetId }) => [sourceId, targetId]))
      const containers = context.state
        .rows('containers')
        .filter((row) => row.endpointId === endpointId && ids.has(row.id) && !isHelper(row))
      const keys = new Set(pairs.map(pairKey))
      for (const key of series.keys()) if (!keys.has(key)) series.delete(key)
      try {
        await follow({
          ...measuringAt(context.engine(endpointId), context),
          containers,
          pairs,
          series,
          signal,
          onRound: stream.send,
          onChanged: (listener) =>
            context.events.on((from, event) => {
              if (from === endpointId && concerns(event, ids)) listener()
            })
        })
      } catch (thrown) {
        if (!signal.aborted) throw thrown
      }
    }
  }
}

function concerns({ type, action, actorId, attributes }: EngineEvent, ids: Set<string>): boolean {
  if (!CHANGES.has(action)) return false
  return type === 'network' ? ids.has(attributes['container'] ?? '') : ids.has(actorId)
}

/** Every pair once. */
function pairsOf({ pairs, containerIds }: Wanted): FollowedPair[] {
  const all = [
    ...pairs,
    ...containerIds.flatMap((sourceId) => containerIds.map((targetId) => ({ sourceId, targetId })))
  ].filter(({ sourceId, targetId }) => sourceId !== targetId)
  return [...new Map(all.map((pair) => [pairKey(pair), pair])).values()]
}
