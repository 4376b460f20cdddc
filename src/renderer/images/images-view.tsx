import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { imageName, shortId, type Image } from '../../shared/images/model'
import { rowKey } from '../../shared/state'
import { useEndpoint, useRows } from '../app/endpoint'
import { call } from '../bridge/client'
import { runAction } from '../ui/action'
import { Age } from '../ui/age'
import { DataTable, type Column } from '../ui/data-table'
import { formatBytes } from '../ui/format'
import { Inspector } from '../ui/inspector'
import { ListFrame } from '../ui/list-frame'
import { matchesText } from '../ui/match'
import { NOTHING_SELECTED } from '../ui/table-selection'
import { useImageActions } from './image-actions'
import { useImageUsers } from './image-users'

type Filter = 'all' | 'used' | 'unused' | 'dangling'
const FILTERS: readonly Filter[] = ['all', 'used', 'unused', 'dangling']

/** Every image of the engine, live. */
export function ImagesView() {
  const { t } = useTranslation('images')
  const endpoint = useEndpoint()
  const rows = useRows('images')
  const users = useImageUsers()
  const actions = useImageActions()
  const columns = useColumns(users)
  const [filter, setFilter] = useState<Filter>('all')
  const [text, setText] = useState('')
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const shown = useMemo(() => {
    function passes(image: Image): boolean {
      if (filter === 'dangling') return image.tags.length === 0
      if (filter === 'all') return true
      return users.has(image.id) === (filter === 'used')
    }
    return rows.filter((row) => passes(row) && matchesText(`${row.tags.join(' ')} ${row.id}`, text))
  }, [rows, users, filter, text])
  const selected = useMemo(
    () => shown.filter((row) => selection.keys.has(rowKey(row))),
    [shown, selection]
  )
  const only = selected.length === 1 ? selected[0] : undefined

  return (
    <ListFrame
      title={t('title')}
      text={text}
      onText={setText}
      filters={FILTERS.map((id) => ({ id, label: t(`filters.${id}`), isOn: id === filter }))}
      onFilter={setFilter}
      shownCount={shown.length}
      selected={selected}
      actions={actions}
      inspector={only && <ImageInspector image={only} users={users.get(only.id) ?? []} />}
    >
      {(openMenu) => (
        <DataTable
          label={t('title')}
          rows={shown}
          columns={columns}
          rowKey={rowKey}
          rowName={imageName}
          selection={selection}
          onSelection={setSelection}
          initialSort={{ columnId: 'reference', descending: false }}
          onRemove={() => {
            const remove = actions.find((action) => action.id === 'remove')
            if (remove) runAction(remove, selected)
          }}
          onMenu={openMenu}
          isStale={endpoint?.status !== 'connected'}
          empty={
            endpoint?.listed && (
              <>
                <h2>{t(rows.length > 0 ? 'noneMatch' : 'empty')}</h2>
                <p>{t(rows.length > 0 ? 'noneMatchHint' : 'emptyHint')}</p>
              </>
            )
          }
        />
      )}
    </ListFrame>
  )
}

function ImageInspector({
  image,
  users
}: {
  readonly image: Image
  readonly users: readonly string[]
}) {
  const { t } = useTranslation('images')
  return (
    <Inspector
      key={rowKey(image)}
      name={imageName(image)}
      version={image.tags.join()}
      inspect={() => call('images.inspect', { endpointId: image.endpointId, imageId: image.id })}
      facts={[
        [
          t('facts.tags'),
          image.tags.map((tag) => (
            <div key={tag} className="mono">
              {tag}
            </div>
          ))
        ],
        [t('columns.id'), <code key="id">{shortId(image.id)}</code>],
        [t('columns.size'), formatBytes(image.sizeBytes)],
        [t('columns.created'), <Age key="age" sinceMs={image.createdAtMs} />],
        [t('columns.usedBy'), users.join(', ')],
        [
          t('facts.digests'),
          image.digests.length > 0 &&
            image.digests.map((digest) => (
              <div key={digest} className="mono">
                {digest}
              </div>
            ))
        ]
      ]}
    />
  )
}

function useColumns(users: ReadonlyMap<string, readonly string[]>): readonly Column<Image>[] {
  const { t } = useTranslation('images')
  return useMemo<readonly Column<Image>[]>(
    () => [
      {
        id: 'reference',
        header: t('columns.reference'),
        width: 'minmax(150px, 3fr)',
        sortBy: imageName,
        cell: (row) =>
          row.tags.length > 0 ? (
            <span className="mono" title={row.tags.join('\n')}>
              {row.tags.join(', ')}
            </span>
          ) : (
            <span className="muted">{t('dangling')}</span>
          )
      },
      {
        id: 'id',
        header: t('columns.id'),
        width: '104px',
        cell: (row) => <span className="mono muted">{shortId(row.id)}</span>
      },
      {
        id: 'usedBy',
        header: t('columns.usedBy'),
        width: 'minmax(80px, 2fr)',
        sortBy: (row) => users.get(row.id)?.length ?? 0,
        cell: (row) => {
          const names = users.get(row.id)?.join(', ')
          return <span title={names}>{names ?? <span className="muted">—</span>}</span>
        }
      },
      {
        id: 'size',
        header: t('columns.size'),
        width: '76px',
        sortBy: (row) => row.sizeBytes,
        cell: (row) => formatBytes(row.sizeBytes),
        align: 'end'
      },
      {
        id: 'created',
        header: t('columns.created'),
        width: '64px',
        sortBy: (row) => row.createdAtMs,
        cell: (row) => <Age sinceMs={row.createdAtMs} />,
        align: 'end'
      }
    ],
    [t, users]
  )
}
