import { useEffect, useRef, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { ByteText, FileEntry, FolderEnd } from '../../shared/files/model'
import { openStream } from '../bridge/stream'
import type { FileTarget } from './file-place'

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

type Reading = Omit<FolderReading, 'stop'> & { readonly path: ByteText }

/** Reads a folder, and again whenever `version` changes. Leaving it ends the reading at the engine. */
export function useFolder(
  target: FileTarget,
  path: ByteText,
  budgetBytes: number,
  version: string
): FolderReading {
  const { endpointId, holder } = target
  const [reading, setReading] = useState<Reading>({ ...NOTHING, path })
  const stop = useRef(() => undefined as void)
  useEffect(() => {
    let entries: readonly FileEntry[] = []
    let readBytes = 0
    const input = { endpointId, holder, path, budgetBytes }
    const stream = openStream('files.list', input, CREDIT, {
      onData: (part) => {
        entries = [...entries, ...part.entries]
        readBytes = part.readBytes
        setReading({ path, entries, readBytes })
        stream.grant(1)
      },
      onEnd: (end) => setReading({ path, entries, readBytes, end }),
      onError: (error) => setReading({ path, entries, readBytes, error })
    })
    stop.current = () => {
      stream.close()
      const end = { source: 'archive', complete: false, readBytes } as const
      setReading({ path, entries, readBytes, end })
    }
    return () => stream.close()
  }, [endpointId, holder, path, budgetBytes, version])
  // Read again, a folder's names stay until the new ones come; another folder's never stand under this one's path.
  const shown = reading.path === path ? reading : NOTHING
  return { ...shown, stop: () => stop.current() }
}
