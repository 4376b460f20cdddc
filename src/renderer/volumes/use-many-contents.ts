import { useEffect, useState } from 'react'
import type { Volume } from '../../shared/volumes/model'
import { readContents, type ContentsReading } from './use-contents'

/** How much of one volume is read when many are looked through. */
const BUDGET_BYTES = 64 * 1024 * 1024

/** Looks through volumes one after the other, as long as it is `on`; leaving it ends the looking at the engine. */
export function useManyContents(
  endpointId: string,
  volumes: readonly Volume[],
  on: boolean
): ReadonlyMap<string, ContentsReading> {
  const [readings, setReadings] = useState<ReadonlyMap<string, ContentsReading>>(new Map())
  const next = volumes.find(({ id }) => !readings.get(id)?.isOver)?.id
  useEffect(() => {
    if (!on || next === undefined) return
    return readContents(endpointId, next, BUDGET_BYTES, (reading) =>
      setReadings((before) => new Map(before).set(next, reading))
    )
  }, [endpointId, next, on])
  return readings
}
