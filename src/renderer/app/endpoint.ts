import { useMemo } from 'react'
import type { Endpoint } from '../../shared/engines/model'
import { isHelper } from '../../shared/reachability/helper'
import type { StateTables } from '../../shared/state'
import { useMirror } from '../bridge/mirror'
import { useUi } from './ui-store'

/** The endpoint that the window shows: the chosen one, else the newest. */
export function useEndpoint(): Endpoint | undefined {
  const endpoints = useMirror((state) => state.endpoints)
  const chosen = useUi((state) => state.endpointId)
  return useMemo(
    () =>
      (chosen !== undefined ? endpoints.get(chosen) : undefined) ?? [...endpoints.values()].at(-1),
    [endpoints, chosen]
  )
}

/** The rows of one table that belong to the endpoint that the window shows; our own helpers are not among them. */
export function useRows<T extends 'containers' | 'images' | 'networks' | 'volumes' | 'tasks'>(
  table: T
): readonly StateTables[T][] {
  const endpointId = useEndpoint()?.id
  const rows = useMirror((state) => state[table])
  return useMemo(
    () =>
      [...rows.values()].filter(
        (row) => row.endpointId === endpointId && !('labels' in row && isHelper(row))
      ) as StateTables[T][],
    [rows, endpointId]
  )
}
