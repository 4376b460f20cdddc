import { useEffect, useMemo, useState } from 'react'
import type { LogQuery, LogSearchState, LogStream } from '../../shared/logs/model'
import { call } from '../bridge/client'
import type { OpenLogView } from './use-log-view'

/** A search begins when nobody types for so long. */
const TYPING_MS = 150

const BOTH: readonly LogStream[] = ['stdout', 'stderr']

/** What a person has asked for in the search field and the buttons beside it. */
export interface SearchWish {
  readonly text: string
  readonly isRegex: boolean
  readonly matchCase: boolean
  /** Only hits are shown. */
  readonly filters: boolean
  readonly stream: LogStream | 'both'
}

export const NO_SEARCH: SearchWish = {
  text: '',
  isRegex: false,
  matchCase: false,
  filters: false,
  stream: 'both'
}

/** The hit that was walked to. */
export interface CurrentHit {
  readonly id: number
  /** Its number, as rows are numbered. */
  readonly hit: number
}

export interface Search {
  readonly wish: SearchWish
  readonly setWish: (change: Partial<SearchWish>) => void
  /** What is searched for now; undefined for nothing. */
  readonly query: LogQuery | undefined
  readonly state: LogSearchState | undefined
  readonly current: CurrentHit | undefined
  /** Only hits are to be shown. */
  readonly isFiltering: boolean
  /** Goes to the next hit from a row on, or from the current one. */
  readonly walk: (direction: 'next' | 'previous', fromId: number) => Promise<CurrentHit | undefined>
}

/** The search of a view: what is asked for, and how far it is. */
export function useSearch(view: OpenLogView): Search {
  const [wish, setWish] = useState(NO_SEARCH)
  const [current, setCurrent] = useState<CurrentHit>()
  const viewId = view.state?.viewId
  const { text, isRegex, matchCase, stream } = wish
  const { send } = view
  const query = useMemo(
    () => queryOf({ text, isRegex, matchCase, stream }),
    [text, isRegex, matchCase, stream]
  )

  useEffect(() => {
    if (viewId === undefined) return
    const search = query ? { ...query, streams: [...query.streams] } : null
    const timer = setTimeout(() => send({ search }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [viewId, send, query])

  async function walk(
    direction: 'next' | 'previous',
    fromId: number
  ): Promise<CurrentHit | undefined> {
    if (viewId === undefined) return undefined
    try {
      const found = await call('logs.nextHit', { viewId, from: current?.id ?? fromId, direction })
      // After the last comes the first.
      const from = direction === 'next' ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER
      const hit = found ?? (await call('logs.nextHit', { viewId, from, direction }))
      if (!hit) return undefined
      setCurrent(hit)
      return hit
    } catch {
      // The view was closed under it: another is on its way.
      return undefined
    }
  }

  return {
    wish,
    setWish: (change) => {
      setCurrent(undefined)
      setWish((now) => ({ ...now, ...change }))
    },
    query,
    state: view.state?.search,
    current,
    isFiltering: query !== undefined && (wish.filters || wish.stream !== 'both'),
    walk
  }
}

function queryOf({
  text,
  isRegex,
  matchCase,
  stream
}: Omit<SearchWish, 'filters'>): LogQuery | undefined {
  if (text === '' && stream === 'both') return undefined
  return { text, isRegex, matchCase, streams: stream === 'both' ? [...BOTH] : [stream] }
}
