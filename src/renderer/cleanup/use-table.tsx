import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiskUsage, UseKind } from '../../shared/cleanup/model'
import { DataTable, type Column } from '../ui/data-table'
import { formatBytes } from '../ui/format'
import { NOTHING_SELECTED, type Selection } from '../ui/table-selection'
import { toUseRows, type UseRow } from './use-rows'

/** One kind's objects, the largest first. */
export function UseTable({ usage, kind }: { readonly usage: DiskUsage; readonly kind: UseKind }) {
  const { t } = useTranslation('cleanup')
  const rows = useMemo(() => toUseRows(usage, kind), [usage, kind])
  const columns = useColumns(kind)
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED)
  return (
    <DataTable
      key={kind}
      label={t(`kinds.${kind}`)}
      rows={rows}
      columns={columns}
      rowKey={keyOf}
      rowName={nameOf}
      selection={selection}
      onSelection={setSelection}
      initialSort={{ columnId: 'size', descending: true }}
      empty={<p className="disk-empty">{t(`empty.${kind}`)}</p>}
    />
  )
}

function keyOf(row: UseRow): string {
  return row.key
}

function nameOf(row: UseRow): string {
  return row.name
}

function useColumns(kind: UseKind): readonly Column<UseRow>[] {
  const { t } = useTranslation('cleanup')
  return useMemo(() => {
    const shares = kind === 'images'
    const sized: Column<UseRow>[] = [
      {
        id: 'size',
        header: t('columns.size'),
        width: '88px',
        sortBy: (row) => row.sizeBytes ?? -1,
        cell: (row) => (row.sizeBytes === undefined ? '?' : formatBytes(row.sizeBytes)),
        align: 'end'
      },
      {
        id: 'shared',
        header: t('columns.shared'),
        width: '88px',
        sortBy: (row) => row.sharedBytes,
        cell: (row) => formatBytes(row.sharedBytes),
        align: 'end'
      },
      {
        id: 'own',
        header: t('columns.own'),
        width: '104px',
        sortBy: (row) => row.ownBytes,
        cell: (row) => formatBytes(row.ownBytes),
        align: 'end'
      }
    ]
    return [
      {
        id: 'name',
        header: t(`names.${kind}`),
        width: 'minmax(160px, 3fr)',
        sortBy: nameOf,
        cell: (row) => (
          <span className={row.isNameless ? 'mono muted' : 'mono'} title={row.name}>
            {row.name}
          </span>
        )
      },
      {
        id: 'detail',
        header: t(`details.${kind}`),
        width: 'minmax(90px, 2fr)',
        sortBy: (row) => row.detail,
        cell: (row) => (
          <span className="muted" title={row.detail}>
            {row.detail}
          </span>
        )
      },
      {
        id: 'use',
        header: t('columns.use'),
        width: '108px',
        sortBy: (row) => row.uses,
        cell: (row) =>
          kind === 'images' || kind === 'volumes'
            ? t('usedBy', { count: row.uses })
            : row.uses > 0
              ? t(`used.${kind}`)
              : ''
      },
      ...sized.slice(0, shares ? 3 : 1)
    ]
  }, [t, kind])
}
