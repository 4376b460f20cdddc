import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { VolumeContents } from '../../shared/volumes/model'
import { openStream } from '../bridge/stream'

/** What was found in a volume so far. */
export interface ContentsReading {
  readonly found?: VolumeContents
  readonly error?: ErrorData
  /** True once it was looked through, or given up. */
  readonly isOver: boolean
}

const NOTHING: ContentsReading = { isOver: false }

/** Messages that may wait in the window. */
const CREDIT = 4

/** Looks through one volume, the same as long as it is shown. Leaving it ends the looking at the engine. */
export function useContents(
  endpointId: string,
  name: string,
  budgetBytes: number
): ContentsReading {
  const [reading, setReading] = useState(NOTHING)
  useEffect(
    () => readContents(endpointId, name, budgetBytes, setReading),
    [endpointId, name, budgetBytes]
  )
  return reading
}

/** Looks through a volume and tells of it. Answers how to stop. */
export function readContents(
  endpointId: string,
  name: string,
  budgetBytes: number,
  tell: (reading: ContentsReading) => void
): () => void {
  const stream = openStream('volumes.contents', { endpointId, name, budgetBytes }, CREDIT, {
    onData: (found) => {
      tell({ found, isOver: false })
      stream.grant(1)
    },
    onEnd: (found) => tell({ found, isOver: true }),
    onError: (error) => tell({ error, isOver: true })
  })
  return () => stream.close()
}
