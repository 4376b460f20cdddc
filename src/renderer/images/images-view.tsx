import { ArrowDownToLine } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { imageName, shortId, type Image } from '../../shared/images/model'
import { rowKey } from '../../shared/state'
import { useEndpoint, useRows } from '../app/endpoint'
import { useShownImage } from '../app/shown-image'
import { useImageActions } from '../app/image-actions'
import { call } from '../bridge/client'
import { Age } from '../ui/age'
import type { Column } from '../ui/data-table'
import { formatBytes } from '../ui/format'
import { Inspector } from '../ui/inspector'
import { ObjectList, type Filter } from '../ui/object-list'
import { useImageUsers } from './image-users'
import { openPull } from './pull/pull-host'

/** Every image of the engine, live. */
export function ImagesView() {
  const { t } = useTranslation('images')
  const endpoint = useEndpoint()
  const rows = useRows('images')
  const users = useImageUsers()
  const { asked } = useShownImage()
  const filters = useMemo<readonly Filter<Image>[]>(
    () => [
      { id: 'all', label: t('filters.all'), passes: () => true },
      { id: 'used', label: t('filters.used'), passes: ({ id }) => users.has(id) },
      { id: 'unused', label: t('filters.unused'), passes: ({ id }) => !users.has(id) },
      { id: 'dangling', label: t('filters.dangling'), passes: ({ tags }) => tags.length === 0 }
    ],
    [t, users]
  )
  return (
    <ObjectList
      title={t('title')}
      rows={rows}
      columns={useColumns(users)}
      rowName={imageName}
      searchText={searchText}
      filters={filters}
      actions={useImageActions()}
      tools={
        <button type="button" className="button" onClick={() => openPull()}>
          <ArrowDownToLine size={14} aria-hidden />
          {t('pull.open')}
        </button>
      }
      removeId="remove"
      initialSort={{ columnId: 'reference', descending: false }}
      inspector={(row) => <ImageInspector image={row} users={users.get(row.id) ?? []} />}
      asked={asked}
      isStale={endpoint?.status !== 'connected'}
      empty={
        endpoint?.listed
          ? {
              none: { title: t('empty'), hint: t('emptyHint') },
              noMatch: { title: t('noneMatch'), hint: t('noneMatchHint') }
            }
          : undefined
      }
    />
  )
}

function searchText(image: Image): string {
  return `${image.tags.join(' ')} ${image.id}`
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
