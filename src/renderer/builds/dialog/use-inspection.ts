import { useEffect, useState } from 'react'
import type { ErrorData } from '../../../shared/bridge/errors'
import type { Builder, FolderReport } from '../../../shared/builds/model'
import { call, errorOf } from '../../bridge/client'

/** Nothing is shown of waiting that is shorter. */
const SHOW_AFTER_MS = 150

/** What is known of a dropped path. */
export type Inspection =
  | { readonly state: 'waiting' | 'scanning' }
  | { readonly state: 'done'; readonly report: FolderReport }
  | { readonly state: 'failed'; readonly error: ErrorData }

/** Whose ignore rules are to count. */
export interface CountWish {
  readonly dockerfile?: string
  readonly builder?: Builder
}

/** Asks what a path is, counted as `wish` says; `round` grows to ask again, and the last report stays until the new one is there. */
export function useInspection(path: string, round: number, wish: CountWish): Inspection {
  const { dockerfile, builder } = wish
  const [inspection, setInspection] = useState<Inspection>({ state: 'waiting' })
  useEffect(() => {
    let isGone = false
    const timer = setTimeout(
      () => setInspection((now) => (now.state === 'done' ? now : { state: 'scanning' })),
      SHOW_AFTER_MS
    )
    const finish = (next: Inspection): void => {
      if (isGone) return
      clearTimeout(timer)
      setInspection(next)
    }
    const input = {
      path,
      ...(dockerfile !== undefined && { dockerfile }),
      ...(builder !== undefined && { builder })
    }
    call('builds.inspectPath', input).then(
      (report) => finish({ state: 'done', report }),
      (thrown: unknown) => finish({ state: 'failed', error: errorOf(thrown) })
    )
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [path, round, dockerfile, builder])
  return inspection
}
