import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isAnonymous, type Volume } from '../../shared/volumes/model'
import { useEndpoint } from '../app/endpoint'
import { Age } from '../ui/age'
import type { Column } from '../ui/data-table'
import { formatBytes } from '../ui/format'
import { shownName } from './names'
import { useSizes } from './sizes-store'
import type { VolumeUser } from './volume-users'

/** The columns of the list of volumes. */
export function useVolumeColumns(
  users: ReadonlyMap<string, readonly VolumeUser[]>
): readonly Column<Volume>[] {
  const { t } = useTranslation('volumes')
  const { sizes, isMeasuring } = useSizes(useEndpoint()?.id)
  return useMemo<readonly Column<Volume>[]>(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        width: 'minmax(140px, 3fr)',
        // Those that somebody named come first.
        sortBy: (row) => `${isAnonymous(row) ? 1 : 0}${row.id}`,
        cell: (row) => (
          <span
            className={isAnonymous(row) ? 'mono muted' : ''}
            title={isAnonymous(row) ? `${row.id}\n${t('anonymousHint')}` : row.id}
          >
            {shownName(row)}
          </span>
        )
      },
      {
        id: 'usedBy',
        header: t('columns.usedBy'),
        width: 'minmax(90px, 2fr)',
        sortBy: (row) => users.get(row.id)?.length ?? 0,
        cell: (row) => <Users users={users.get(row.id)} />
      },
      {
        id: 'driver',
        header: t('columns.driver'),
        width: '72px',
        sortBy: (row) => row.driver,
        cell: (row) => <span title={row.driver}>{row.driver}</span>
      },
      {
        id: 'size',
        header: t('columns.size'),
        width: '76px',
        sortBy: (row) => sizes?.bytes[row.id] ?? -1,
        cell: (row) => {
          const bytes = sizes?.bytes[row.id]
          if (bytes !== undefined) return formatBytes(bytes)
          return <span className="muted">{isMeasuring ? '…' : '—'}</span>
        },
        align: 'end'
      },
      {
        id: 'created',
        header: t('columns.created'),
        width: '64px',
        sortBy: (row) => row.createdAtMs ?? 0,
        cell: (row) => row.createdAtMs !== undefined && <Age sinceMs={row.createdAtMs} />,
        align: 'end'
      }
    ],
    [t, users, sizes, isMeasuring]
  )
}

function Users({ users }: { readonly users: readonly VolumeUser[] | undefined }) {
  if (!users) return <span className="muted">—</span>
  const names = [...new Set(users.map(({ container }) => container.name))].join(', ')
  const places = users.map(({ container, destination }) => `${container.name} ${destination}`)
  return <span title={places.join('\n')}>{names}</span>
}
