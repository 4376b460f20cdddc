import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import type { Container } from '../../shared/containers/model'
import { pairKey, type PairResult } from '../../shared/reachability/model'
import { isEnded, type Task } from '../../shared/tasks/model'
import { useEndpoint, useRows } from '../app/endpoint'
import { call } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { openStream } from '../bridge/stream'
import { fingerprints } from './fingerprint'
import type { Measured, MeasuredPairs } from './pairs'

const KIND = 'reachability.sweep'
/** Batches of results on their way at once. */
const CREDIT = 4
const NOTHING: MeasuredPairs = new Map()

/** What the sweeps found, by endpoint. */
const useMeasured = create<{ readonly byEndpoint: ReadonlyMap<string, MeasuredPairs> }>(() => ({
  byEndpoint: new Map()
}))

const followed = new Set<string>()

/** Starts to measure the pairs of these containers, or of all that live. Errors: those of the call. */
export async function startSweep(
  endpointId: string,
  containerIds?: readonly string[]
): Promise<void> {
  await call('reachability.sweep', {
    endpointId,
    ...(containerIds && { containerIds: [...containerIds] })
  })
}

/** All that was measured of the shown endpoint. */
export function useMeasuredPairs(): MeasuredPairs {
  const endpointId = useEndpoint()?.id
  return useMeasured(({ byEndpoint }) => byEndpoint.get(endpointId ?? '') ?? NOTHING)
}

/** The newest sweep of the shown endpoint, and the newest that ended well; reads the results of each. */
export function useSweeps(): { readonly last: Task | undefined; readonly done: Task | undefined } {
  const tasks = useRows('tasks')
  const sweeps = useMemo(
    () => tasks.filter(({ kind }) => kind === KIND).sort((a, b) => a.startedAtMs - b.startedAtMs),
    [tasks]
  )
  useEffect(() => {
    for (const task of sweeps) follow(task)
  }, [sweeps])
  return { last: sweeps.at(-1), done: sweeps.findLast(({ state }) => state === 'succeeded') }
}

/**
 * Reads a sweep's results from its first on. They rest on what the containers are now, as it begins; of a sweep that is over (the
 * window was opened anew) nobody knows what they were, and its results count as out of date.
 */
function follow(task: Task): void {
  if (followed.has(task.id)) return
  followed.add(task.id)
  const isOver = isEnded(task)
  const marks = isOver ? new Map<string, string>() : marksOf(task.endpointId)
  const client = openStream('tasks.events', { taskId: task.id }, CREDIT, {
    onData: (events) => {
      const late = isOver ? undefined : marksOf(task.endpointId)
      keep(
        task.endpointId,
        (events as readonly PairResult[]).map((result) => ({
          result,
          // A container that appeared meanwhile has no mark of the beginning.
          sourceMark: marks.get(result.sourceId) ?? late?.get(result.sourceId),
          targetMark: marks.get(result.targetId) ?? late?.get(result.targetId)
        }))
      )
      client.grant(1)
    },
    onEnd: () => undefined,
    // The task itself says why it failed; a task that is forgotten has nothing to show.
    onError: () => undefined
  })
}

/** Takes in what was measured of one pair just now. */
export function keepResult(result: PairResult): void {
  const marks = marksOf(result.endpointId)
  const [sourceMark, targetMark] = [marks.get(result.sourceId), marks.get(result.targetId)]
  keep(result.endpointId, [{ result, sourceMark, targetMark }])
}

function marksOf(endpointId: string): ReadonlyMap<string, string> {
  const rows: Container[] = []
  for (const row of useMirror.getState().containers.values()) {
    if (row.endpointId === endpointId) rows.push(row)
  }
  return fingerprints(rows)
}

function keep(endpointId: string, results: readonly Measured[]): void {
  useMeasured.setState(({ byEndpoint }) => {
    const pairs = new Map(byEndpoint.get(endpointId))
    for (const measured of results) {
      const key = pairKey(measured.result)
      const known = pairs.get(key)
      if (!known || known.result.atMs <= measured.result.atMs) pairs.set(key, measured)
    }
    return { byEndpoint: new Map(byEndpoint).set(endpointId, pairs) }
  })
}
