import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Column } from '../ui/data-table'
import { LoadCell } from './load-cell'

/** What containers use, as columns of their list. They do not sort: only what is in sight is measured. */
export function useLoadColumns(): readonly Column<Container>[] {
  const { t } = useTranslation('stats')
  return useMemo<readonly Column<Container>[]>(
    () => [
      {
        id: 'cpu',
        header: t('cpu'),
        width: '118px',
        cell: (row) => <LoadCell container={row} metric="cpuPercent" least={5} />,
        align: 'end'
      },
      {
        id: 'memory',
        header: t('memory'),
        width: '136px',
        cell: (row) => <LoadCell container={row} metric="memoryBytes" least={1024 * 1024} />,
        align: 'end'
      }
    ],
    [t]
  )
}
