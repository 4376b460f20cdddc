import type { ContainerState } from '../containers/model'
import { keptVerdict, type KeptContainer, type KeptSweep } from './kept'
import type { Verdict } from './model'

/** Something that happened to a container between two sweeps: a code and what its sentence needs. */
export type Happening =
  | { readonly code: 'left-network'; readonly name: string; readonly networkName: string }
  | { readonly code: 'joined-network'; readonly name: string; readonly networkName: string }
  | {
      readonly code: 'state'
      readonly name: string
      readonly from: ContainerState
      readonly to: ContainerState
    }
  /** Another container of that name took its place. */
  | { readonly code: 'replaced'; readonly name: string }
  | { readonly code: 'renamed'; readonly name: string; readonly before: string }
  | { readonly code: 'appeared'; readonly name: string }
  | { readonly code: 'gone'; readonly name: string }

/** An ordered pair of containers that both sweeps saw, with another verdict. */
export interface PairChange {
  readonly sourceId: string
  readonly targetId: string
  readonly sourceName: string
  readonly targetName: string
  readonly from: Verdict
  readonly to: Verdict
  /** What happened to the two that bears on it; empty: nothing that a sweep sees. */
  readonly because: readonly Happening[]
}

/** What is other in a sweep than in an earlier one. */
export interface Difference {
  readonly fromMs: number
  readonly toMs: number
  readonly pairs: readonly PairChange[]
  /** Everything that happened to the containers, whether or not a verdict changed by it. */
  readonly happenings: readonly Happening[]
}

interface Seen {
  readonly place: number
  readonly container: KeptContainer
}

/**
 * Tells what changed from one sweep to a later one: pairs of containers that both know, by id, or by name where a container was
 * made anew. Pure.
 */
export function difference(from: KeptSweep, to: KeptSweep): Difference {
  const before = to.containers.map((container) => findBefore(container, from, to))
  const met = new Set(before.flatMap((seen) => seen?.place ?? []))
  const happened = to.containers.map((now, place) => happeningsOf(before[place]?.container, now))
  const pairs: PairChange[] = []
  for (const [row, source] of to.containers.entries()) {
    for (const [column, target] of to.containers.entries()) {
      const [sourceBefore, targetBefore] = [before[row], before[column]]
      if (row === column || !sourceBefore || !targetBefore) continue
      const was = keptVerdict(from, sourceBefore.place, targetBefore.place)
      const is = keptVerdict(to, row, column)
      if (was === is) continue
      pairs.push({
        sourceId: source.id,
        targetId: target.id,
        sourceName: source.name,
        targetName: target.name,
        from: was,
        to: is,
        because: [...(happened[row] ?? []), ...(happened[column] ?? [])].filter((happening) =>
          bearsOn(happening, is, [source, target], [sourceBefore.container, targetBefore.container])
        )
      })
    }
  }
  const gone = from.containers
    .filter((_, place) => !met.has(place))
    .map(({ name }): Happening => ({ code: 'gone', name }))
  return {
    fromMs: from.startedAtMs,
    toMs: to.startedAtMs,
    pairs,
    happenings: [...happened.flat(), ...gone]
  }
}

/** The container as the earlier sweep knew it. */
function findBefore({ id, name }: KeptContainer, from: KeptSweep, to: KeptSweep): Seen | undefined {
  const same = from.containers.findIndex((container) => container.id === id)
  const place =
    same >= 0
      ? same
      : // One of its name that is still there under another name is not the one that it replaced.
        from.containers.findIndex(
          (container) =>
            container.name === name && !to.containers.some((other) => other.id === container.id)
        )
  const container = from.containers[place]
  return container && { place, container }
}

function happeningsOf(before: KeptContainer | undefined, now: KeptContainer): Happening[] {
  const { name } = now
  if (!before) return [{ code: 'appeared', name }]
  const happenings: Happening[] = []
  if (before.id !== now.id) happenings.push({ code: 'replaced', name })
  if (before.name !== name) happenings.push({ code: 'renamed', name, before: before.name })
  if (before.state !== now.state) {
    happenings.push({ code: 'state', name, from: before.state, to: now.state })
  }
  for (const [code, these, those] of [
    ['left-network', before.networks, now.networks],
    ['joined-network', now.networks, before.networks]
  ] as const) {
    for (const network of these) {
      if (those.some(({ id }) => id === network.id)) continue
      happenings.push({ code, name, networkName: network.name })
    }
  }
  return happenings
}

/** A network bears on a pair only if it joins, or joined, the two; anything else that happened to one of them may. */
function bearsOn(
  happening: Happening,
  verdict: Verdict,
  now: readonly [KeptContainer, KeptContainer],
  before: readonly [KeptContainer, KeptContainer]
): boolean {
  const isOnBoth = (pair: readonly [KeptContainer, KeptContainer], networkName: string): boolean =>
    pair.every(({ networks }) => networks.some(({ name }) => name === networkName))
  if (happening.code === 'left-network') {
    return verdict !== 'reachable' && isOnBoth(before, happening.networkName)
  }
  if (happening.code === 'joined-network') {
    return verdict === 'reachable' && isOnBoth(now, happening.networkName)
  }
  return happening.code !== 'renamed'
}
