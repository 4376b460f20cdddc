import { ArrowDownToLine, Copy, RotateCw, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { familiarName } from '../../shared/images/reference'
import { rowKey } from '../../shared/state'
import type { TagList } from '../../shared/registries/model'
import { useRows } from '../app/endpoint'
import { LogInOffer } from '../app/log-in-offer'
import { startPull } from '../app/start-pull'
import { call } from '../bridge/client'
import { useAnswer } from '../bridge/use-answer'
import type { Action } from '../ui/action'
import type { Column } from '../ui/data-table'
import { ErrorBox } from '../ui/error-box'
import { notify } from '../ui/notices'
import { ObjectList, type Filter } from '../ui/object-list'
import { DeleteTagDialog } from './delete-tag-dialog'
import { ManifestInspector } from './manifest-inspector'

/** A tag of the repository that is shown, and whether the engine has an image of that name. */
export interface TagRow {
  readonly endpointId: string
  readonly id: string
  /** What a pull of it is called. */
  readonly reference: string
  readonly isHere: boolean
}

interface Repository {
  readonly endpointId: string
  readonly domain: string
  readonly path: string
}

/** The tags of a repository: pull one, see what it stands for, delete it. */
export function Tags(repository: Repository) {
  const { t } = useTranslation('registries')
  const { endpointId, domain, path } = repository
  const { answer, ask } = useAnswer<TagList>()
  const [deleted, setDeleted] = useState<TagRow>()
  const rows = useTagRows(repository, answer.value)
  const load = (): Promise<void> => ask(() => call('registries.tags', { endpointId, domain, path }))
  useEffect(() => {
    void load()
    // Once for each repository: its key makes this anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  const actions = useActions(setDeleted)
  const filters = useMemo<readonly Filter<TagRow>[]>(
    () => [
      { id: 'all', label: t('tags.all'), passes: () => true },
      { id: 'here', label: t('tags.here'), passes: ({ isHere }) => isHere }
    ],
    [t]
  )
  const columns = useColumns()
  if (answer.error) {
    return (
      <div className="registries-fault">
        <ErrorBox error={answer.error} />
        <LogInOffer error={answer.error} onDone={() => void load()} />
        {answer.error.retryable && answer.error.logInAt === undefined && (
          <button type="button" className="button" onClick={() => void load()}>
            <RotateCw size={14} aria-hidden />
            {t('again')}
          </button>
        )}
      </div>
    )
  }
  const nothing = { title: t('tags.none'), hint: t('tags.noneHint') }
  return (
    <>
      <ObjectList
        title={path}
        rows={rows}
        columns={columns}
        rowName={nameOf}
        searchText={nameOf}
        filters={filters}
        actions={actions}
        removeId="delete"
        initialSort={{ columnId: 'tag', descending: true }}
        onOpen={(row) => void startPull(row.endpointId, row.reference)}
        viewTools={() => answer.value?.isCut && <span className="muted">{t('tags.cut')}</span>}
        tools={
          <button
            type="button"
            className="icon-button"
            aria-label={t('tags.reload')}
            title={t('tags.reload')}
            disabled={answer.isBusy}
            onClick={() => void load()}
          >
            <RotateCw size={14} aria-hidden />
          </button>
        }
        inspector={(row) => (
          <ManifestInspector key={rowKey(row)} repository={repository} row={row} />
        )}
        empty={
          answer.value
            ? { none: nothing, noMatch: { title: t('tags.noMatch'), hint: '' } }
            : { none: { title: t('loading'), hint: '' }, noMatch: nothing }
        }
      />
      {deleted && (
        <DeleteTagDialog
          repository={repository}
          row={deleted}
          onClose={() => setDeleted(undefined)}
          onDone={() => {
            setDeleted(undefined)
            void load()
          }}
        />
      )}
    </>
  )
}

function nameOf({ id }: TagRow): string {
  return id
}

function useTagRows(
  { endpointId, domain, path }: Repository,
  list: TagList | undefined
): readonly TagRow[] {
  const images = useRows('images')
  return useMemo(() => {
    const here = new Set(images.flatMap(({ tags }) => tags))
    const name = familiarName({ domain, path, kind: 'registry' })
    return (list?.tags ?? []).map((id) => ({
      endpointId,
      id,
      reference: `${name}:${id}`,
      isHere: here.has(`${name}:${id}`)
    }))
  }, [images, list, endpointId, domain, path])
}

function useColumns(): readonly Column<TagRow>[] {
  const { t } = useTranslation('registries')
  return useMemo(
    () => [
      {
        id: 'tag',
        header: t('tags.tag'),
        width: 'minmax(100px, 1fr)',
        sortBy: nameOf,
        cell: ({ id, reference }) => (
          <span className="mono" title={reference}>
            {id}
          </span>
        )
      },
      {
        id: 'here',
        header: t('tags.local'),
        width: '110px',
        sortBy: ({ isHere }) => (isHere ? 0 : 1),
        cell: ({ isHere }) => isHere && <span className="muted">{t('tags.isHere')}</span>
      }
    ],
    [t]
  )
}

function useActions(onDelete: (row: TagRow) => void): readonly Action<TagRow>[] {
  const { t } = useTranslation('registries')
  return useMemo(
    () => [
      {
        id: 'pull',
        label: t('actions.pull'),
        icon: ArrowDownToLine,
        isFor: () => true,
        run: (rows) => {
          for (const { endpointId, reference } of rows) void startPull(endpointId, reference)
        }
      },
      {
        id: 'copy',
        label: t('actions.copy'),
        icon: Copy,
        isFor: () => true,
        run: (rows) => {
          const text = rows.map(({ reference }) => reference).join('\n')
          call('app.copyText', { text }).catch((thrown: unknown) =>
            notify(t('actions.copyFailed'), thrown)
          )
        }
      },
      {
        id: 'delete',
        label: t('actions.delete'),
        icon: Trash2,
        isDangerous: true,
        isSingle: true,
        isFor: () => true,
        run: ([row]) => row && onDelete(row)
      }
    ],
    [t, onDelete]
  )
}
