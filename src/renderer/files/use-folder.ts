import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { ByteText, FileEntry, FolderEnd } from '../../shared/files/model'
import { openStream } from '../bridge/stream'

/** A folder as far as it has been read. */
export interface FolderReading {
  readonly entries: readonly FileEntry[]
  readonly readBytes: number
  /** Absent while it is read. */
  readonly end?: FolderEnd
  readonly error?: ErrorData
  /** Gives up with what was found. */
  readonly stop: () => void
}

const NOTHING = { entries: [], readBytes: 0 } as const
/** Messages that may wait in the window. */
const CREDIT = 8

/** Reads a folder of a container, and again whenever `version` changes. Leaving it ends the reading at the engine. */
export function useFolder(
  target: { readonly endpointId: string; readonly containerId: string },
  path: ByteText,
  budgetBytes: number,
  version: string
): FolderReading {
  const { endpointId, containerId } = target
  const [reading, setReading] = useState<Omit<FolderReading, 'stop'>>(NOTHING)
  const [stop, setStop] = useState<() => void>(() => () => undefined)
  useEffect(() => {
    let entries: readonly FileEntry[] = []
    let readBytes = 0
    let isFirst = true
    const input = { endpointId, containerId, path, budgetBytes }
    const stream = openStream('files.list', input, CREDIT, {
      onData: (part) => {
        entries = [...entries, ...part.entries]
        readBytes = part.readBytes
        isFirst = false
        setReading({ entries, readBytes })
        stream.grant(1)
      },
      onEnd: (end) => setReading({ entries, readBytes, end }),
      onError: (error) => setReading({ entries, readBytes, error })
    })
    // The folder before stays until the first names of this one are there: no flash of emptiness.
    const timer = setTimeout(() => isFirst && setReading(NOTHING), 150)
    setStop(() => () => {
      stream.close()
      setReading({ entries, readBytes, end: { source: 'archive', complete: false, readBytes } })
    })
    return () => {
      clearTimeout(timer)
      stream.close()
    }
  }, [endpointId, containerId, path, budgetBytes, version])
  return { ...reading, stop }
}
