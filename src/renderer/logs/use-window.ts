import { useEffect, useRef, useState } from 'react'
import { MOST_ROWS, type LogRow } from '../../shared/logs/model'
import { call } from '../bridge/client'

/** Rows asked for beyond those that are seen, on each side. */
const MARGIN = 120

/** Rows that follow each other; the first has the number `from`. A number is a row's id, or a hit's number. */
export interface RowWindow {
  readonly from: number
  readonly rows: readonly LogRow[]
}

interface Wanted {
  readonly viewId: string
  readonly hits: boolean
  /** Changes when the same numbers mean other rows. */
  readonly epoch: string
  readonly first: number
  readonly end: number
  /** The numbers that there are. */
  readonly firstOfAll: number
  readonly endOfAll: number
}

/** The rows to show: what was shown stays until what is wanted has come. One question at a time, so that a flood asks no faster than it is answered. */
export function useWindow(wanted: Wanted | undefined): RowWindow {
  const [loaded, setLoaded] = useState<RowWindow & { readonly key: string }>()
  const latest = useRef<Wanted>(undefined)
  const isAsking = useRef(false)
  const has = useRef<RowWindow & { readonly key: string }>(undefined)

  useEffect(() => {
    latest.current = wanted
    if (!isAsking.current) void ask()

    async function ask(): Promise<void> {
      isAsking.current = true
      for (;;) {
        const now = latest.current
        if (!now || covers(has.current, now)) break
        const from = Math.max(now.firstOfAll, now.first - MARGIN)
        const count = Math.min(MOST_ROWS, Math.max(1, now.end + MARGIN - from))
        const { viewId, hits } = now
        try {
          const rows = await call('logs.rows', { viewId, from, count, hits })
          has.current = { key: keyOf(now), from: hits ? from : (rows[0]?.id ?? from), rows }
          setLoaded(has.current)
        } catch {
          // The view was closed under it, or its oldest rows were dropped: the next state asks anew.
          break
        }
        if (covers(has.current, now) || latest.current === now) break
      }
      isAsking.current = false
    }
  })

  if (!wanted || !loaded || loaded.key !== keyOf(wanted)) return { from: 0, rows: [] }
  return loaded
}

function keyOf({ viewId, hits, epoch }: Wanted): string {
  return `${viewId} ${hits} ${epoch}`
}

function covers(
  loaded: (RowWindow & { readonly key: string }) | undefined,
  wanted: Wanted
): boolean {
  if (!loaded || loaded.key !== keyOf(wanted)) return false
  const first = Math.max(wanted.first, wanted.firstOfAll)
  const end = Math.min(wanted.end, wanted.endOfAll)
  return loaded.from <= first && loaded.from + loaded.rows.length >= end
}
