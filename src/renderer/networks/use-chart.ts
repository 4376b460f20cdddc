import { useMemo } from 'react'
import { isAlive, type Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { pairKey } from '../../shared/reachability/model'
import { useRows } from '../app/endpoint'
import { fingerprints } from './fingerprint'
import { useFollowing } from './follow-store'
import { compareNames } from './graph'
import type { LivePair } from './live'
import { containersOf, type Part } from './part'
import { readPair, type MeasuredPairs, type Pair } from './pairs'
import { useMeasuredPairs } from './sweep-store'
import { useView } from './view-store'

/** What every mode of the view reads. */
export interface ChartData {
  readonly containers: readonly Container[]
  /** Those that are shown when everything is: all, or those that live; by name. */
  readonly whole: readonly Container[]
  /** Those that are shown: of the whole, those of the part that is looked at. */
  readonly shown: readonly Container[]
  readonly networks: readonly Network[]
  /** Of all that is shown on a whole chart, what is looked at now. */
  readonly part: Part
  readonly measured: MeasuredPairs
  /** What following tells of each pair, by its key. */
  readonly live: ReadonlyMap<string, LivePair>
  readonly marks: ReadonlyMap<string, string>
  readonly pair: (source: Container, target: Container) => Pair
  readonly containerById: ReadonlyMap<string, Container>
  readonly networkById: ReadonlyMap<string, Network>
}

export function useChartData(): ChartData {
  const containers = useRows('containers')
  const networks = useRows('networks')
  const measured = useMeasuredPairs()
  const showStopped = useView((state) => state.showStopped)
  const filter = useView((state) => state.filter)
  const asked = useView((state) => state.focusId)
  // A neighbourhood whose middle has gone is none.
  const focusId = containers.some(({ id }) => id === asked) ? asked : undefined
  const live = useFollowing((state) => state.live)
  // Places follow from these: they stay the same objects while only measurements come in.
  const rows = useMemo(() => {
    const part = { filter, focusId }
    const whole = containers
      .filter((container) => showStopped || isAlive(container))
      .sort((a, b) => compareNames(a.name, b.name))
    return {
      containers,
      whole,
      shown: containersOf(whole, part),
      part,
      networks,
      marks: fingerprints(containers),
      containerById: new Map(containers.map((container) => [container.id, container])),
      networkById: new Map(networks.map((network) => [network.id, network]))
    }
  }, [containers, networks, showStopped, filter, focusId])
  return useMemo(
    () => ({
      ...rows,
      measured,
      live,
      pair: (source, target) =>
        withLive(
          readPair(source, target, measured, rows.marks),
          live.get(pairKey({ sourceId: source.id, targetId: target.id }))
        )
    }),
    [rows, measured, live]
  )
}

/** A pair as it is followed: what the last seconds told counts more than what a sweep told before. */
function withLive(pair: Pair, live: LivePair | undefined): Pair {
  if (live?.standing === undefined) return pair
  const { rttMs: _before, result, ...rest } = pair
  const rttMs = live.beats.at(-1)?.rttMs
  return {
    ...rest,
    status: live.standing,
    isStale: false,
    ...(rttMs !== undefined && { rttMs }),
    // What a sweep said of the other verdict is not why it is this one.
    ...(result?.verdict === live.standing && !pair.isStale && { result })
  }
}
