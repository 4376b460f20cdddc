import { useMemo } from 'react'
import { create } from 'zustand'
import { EVERYTHING, type Query } from '../ui/object-list'

const useQuery = create<{ readonly value: Query }>(() => ({ value: EVERYTHING }))

/** What the list of containers shows, kept while other places of the window are looked at. */
export interface ContainerQuery {
  readonly value: Query
  readonly onChange: (query: Query) => void
}

export function useContainerQuery(): ContainerQuery {
  const { value } = useQuery()
  return useMemo(
    () => ({ value, onChange: (changed: Query) => useQuery.setState({ value: changed }) }),
    [value]
  )
}
