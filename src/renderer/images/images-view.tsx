import { ArrowDownToLine } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { imageName, shortId, type Image } from '../../shared/images/model'
import { sourcesOf } from '../../shared/images/source'
import { useEndpoint, useRows } from '../app/endpoint'
import { useImagePage } from '../app/image-page-store'
import { useImageActions } from '../app/image-actions'
import { ImageTools } from '../app/image-tools'
import { Age } from '../ui/age'
import type { Column } from '../ui/data-table'
import { formatBytes } from '../ui/format'
import { ObjectList, type Filter } from '../ui/object-list'
import { ImagePage } from './image-page'
import { useImageUsers } from './image-users'
import { openPull } from './pull/pull-host'
import { SourceBadge } from './source-badge'
import './images.css'

/** Every image of the engine, live. */
export function ImagesView() {
  const { t } = useTranslation('images')
  const endpoint = useEndpoint()
  const rows = useRows('images')
  const users = useImageUsers()
  const { expanded, asked } = useImagePage()
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
        <>
          <ImageTools />
          <button type="button" className="button" onClick={() => openPull()}>
            <ArrowDownToLine size={14} aria-hidden />
            {t('pull.open')}
          </button>
        </>
      }
      removeId="remove"
      initialSort={{ columnId: 'reference', descending: false }}
      inspector={(row) => <ImagePage image={row} />}
      inspectorExpanded={expanded}
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

/** In the words of the badges too: a source is found by its name. */
function searchText(image: Image): string {
  const sources = sourcesOf(image).map(({ kind, owner }) => `${kind} ${owner}`)
  return `${image.tags.join(' ')} ${image.id} ${image.digests.join(' ')} ${sources.join(' ')}`
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
        cell: (row) => <Tags tags={row.tags} />
      },
      {
        id: 'source',
        header: t('columns.source'),
        width: 'minmax(72px, 1fr)',
        sortBy: (row) => sourcesOf(row).map(({ kind, owner }) => `${kind} ${owner}`)[0] ?? '',
        cell: (row) => <Sources image={row} />
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

/** All names of one image in one row; how many there are is seen where they are cut off too. */
function Tags({ tags }: { readonly tags: readonly string[] }) {
  const { t } = useTranslation('images')
  if (tags.length === 0) return <span className="muted">{t('dangling')}</span>
  return (
    <span className="image-tags" title={tags.join('\n')}>
      <span className="mono">{tags.join(', ')}</span>
      {tags.length > 1 && (
        <span className="image-tags-count">{t('tagCount', { count: tags.length })}</span>
      )}
    </span>
  )
}

/** Where its names come from; of several the shapes alone. */
function Sources({ image }: { readonly image: Image }) {
  const sources = sourcesOf(image)
  return (
    <span className="source-badges">
      {sources.map((source) => (
        <SourceBadge
          key={`${source.kind} ${source.owner}`}
          source={source}
          isSmall={sources.length > 1}
        />
      ))}
    </span>
  )
}
