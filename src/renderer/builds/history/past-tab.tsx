import { useMemo } from 'react'
import type { PastBuild } from '../../../shared/builds/model'
import type { Task } from '../../../shared/tasks/model'
import { BuildTab } from '../log/build-tab'

/** A build of an earlier run of the app, with its kept log. */
export function PastTab({ build }: { readonly build: PastBuild }) {
  const task = useMemo(() => taskOf(build), [build])
  return <BuildTab task={task} source="kept" />
}

/** What its task was; one that was interrupted by the end of the app counts as cancelled. */
function taskOf(build: PastBuild): Task {
  const { id, title, state, startedAtMs, endedAtMs, error, result } = build
  return {
    id,
    endpointId: '',
    kind: 'builds.start',
    title,
    state: state === 'interrupted' ? 'cancelled' : state,
    startedAtMs,
    endedAtMs: endedAtMs ?? startedAtMs,
    ...(error && { error }),
    ...(result && { result })
  }
}
