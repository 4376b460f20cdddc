import type { Container } from '../../shared/containers/model'
import { useLoadColumns } from '../stats/load-columns'
import type { Column } from '../ui/data-table'

/** What features add to the columns of the containers' list, after their state. This file lists. */
export function useContainerColumns(): readonly Column<Container>[] {
  return useLoadColumns()
}
