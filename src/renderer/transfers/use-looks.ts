import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { ArchiveLook } from '../../shared/transfers/model'
import { call, errorOf } from '../bridge/client'

/** A local archive, and what it turned out to be; neither `look` nor `error` while it is looked at. */
export interface Looked {
  readonly path: string
  readonly look?: ArchiveLook
  readonly error?: ErrorData
}

/** Looks into local archives, each once. */
export function useLooks(paths: readonly string[]): readonly Looked[] {
  const [looked, setLooked] = useState<ReadonlyMap<string, Looked>>(new Map())
  useEffect(() => {
    let isGone = false
    const tell = (found: Looked): void => {
      if (!isGone) setLooked((before) => new Map(before).set(found.path, found))
    }
    for (const path of paths) {
      call('transfers.look', { localPath: path }).then(
        (look) => tell({ path, look }),
        (thrown: unknown) => tell({ path, error: errorOf(thrown) })
      )
    }
    return () => {
      isGone = true
    }
  }, [paths])
  return paths.map((path) => looked.get(path) ?? { path })
}
