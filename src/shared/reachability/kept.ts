import type { ContainerState } from '../containers/model'
import type { PairResult, SweepSummary, Verdict } from './model'
import { attachmentsOf, namespaceOf, type Topology } from './topology'

/** A container as a sweep found it. */
export interface KeptContainer {
  readonly id: string
  readonly name: string
  readonly state: ContainerState
  /** The networks of its namespace. */
  readonly networks: readonly { readonly id: string; readonly name: string }[]
  /** The container or host whose namespace it lives in; absent: its own. */
  readonly joined?: string
}

/** What is kept of a sweep: small enough to keep many, and all that a difference is told from. */
export interface KeptSweep {
  readonly id: string
  readonly startedAtMs: number
  readonly durationMs: number
  readonly containers: readonly KeptContainer[]
  /**
   * A row for each source, a letter for each target, in the order of `containers`: `r` reachable, `u` unreachable, `?` unknown,
   * `.` the container itself.
   */
  readonly verdicts: readonly string[]
}

const LETTERS: Readonly<Record<Verdict, string>> = {
  reachable: 'r',
  unreachable: 'u',
  unknown: '?'
}

/** What to keep of a sweep that has ended. */
export function keepSweep(
  id: string,
  { startedAtMs, durationMs }: Pick<SweepSummary, 'startedAtMs' | 'durationMs'>,
  topology: Topology,
  results: readonly PairResult[]
): KeptSweep {
  const nodes = [...topology.nodes.values()]
  const swept = new Set(results.flatMap(({ sourceId, targetId }) => [sourceId, targetId]))
  const members = nodes.filter((node) => swept.has(node.id))
  const place = new Map(members.map((node, index) => [node.id, index]))
  const verdicts = members.map((_, row) =>
    members.map((__, column): string => (row === column ? '.' : '?'))
  )
  for (const { sourceId, targetId, verdict } of results) {
    const row = verdicts[place.get(sourceId) ?? -1]
    const column = place.get(targetId)
    if (row && column !== undefined) row[column] = LETTERS[verdict]
  }
  return {
    id,
    startedAtMs,
    durationMs,
    containers: members.map((node) => {
      const namespace = namespaceOf(node, topology)
      return {
        id: node.id,
        name: node.name,
        state: node.state,
        networks: attachmentsOf(node, topology).map(({ networkId, networkName }) => ({
          id: networkId,
          name: networkName
        })),
        ...(namespace !== node.id && { joined: namespace })
      }
    }),
    verdicts: verdicts.map((row) => row.join(''))
  }
}

/** The verdict that a kept sweep has of two of its containers, by their places in `containers`. */
export function keptVerdict({ verdicts }: KeptSweep, source: number, target: number): Verdict {
  const letter = verdicts[source]?.[target]
  return letter === 'r' ? 'reachable' : letter === 'u' ? 'unreachable' : 'unknown'
}
