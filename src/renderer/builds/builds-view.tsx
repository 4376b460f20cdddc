import { PackagePlus } from 'lucide-react'
import { useMemo } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { isEnded, type Task } from '../../shared/tasks/model'
import { openTask } from '../app/dock-store'
import { useRows } from '../app/endpoint'
import { Age } from '../ui/age'
import type { Column } from '../ui/data-table'
import { ObjectList, type Filter } from '../ui/object-list'
import { useBuildActions } from './build-actions'
import { ChooseFolderButton } from './choose-folder-button'
import { formatElapsed } from './elapsed'
import { BuildState } from './log/build-head'
import { useNow } from './log/use-now'
import './log/log.css'
import './builds-view.css'

/** The builds of this run of the app, newest first. */
export function BuildsView() {
  const { t } = useTranslation('builds')
  const tasks = useRows('tasks')
  const builds = useMemo(() => tasks.filter(({ kind }) => kind === 'builds.start'), [tasks])
  const actions = useBuildActions()
  const columns = useColumns(builds.some((task) => !isEnded(task)))
  const filters = useMemo<readonly Filter<Task>[]>(
    () => [
      { id: 'all', label: t('filters.all'), passes: () => true },
      { id: 'running', label: t('filters.running'), passes: (task) => !isEnded(task) },
      { id: 'failed', label: t('filters.failed'), passes: ({ state }) => state === 'failed' }
    ],
    [t]
  )
  const noMatch = { title: t('noneMatch'), hint: t('noneMatchHint') }
  if (builds.length === 0) return <NoBuilds />
  return (
    <ObjectList
      title={t('title')}
      rows={builds}
      columns={columns}
      rowName={titleOf}
      searchText={searchText}
      filters={filters}
      actions={actions}
      removeId="dismiss"
      initialSort={{ columnId: 'started', descending: true }}
      onOpen={(row) => openTask(row.id, row.title)}
      empty={{ none: noMatch, noMatch }}
    />
  )
}

function titleOf(task: Task): string {
  return task.title
}

function searchText(task: Task): string {
  return `${task.title} ${task.error?.message ?? ''}`
}

function NoBuilds() {
  const { t } = useTranslation('builds')
  return (
    <section className="builds-empty" aria-label={t('title')}>
      <PackagePlus size={44} strokeWidth={1.4} aria-hidden />
      <h1>{t('empty')}</h1>
      <p>{t('emptyHint')}</p>
      <ChooseFolderButton />
      <p>
        <Trans ns="builds" i18nKey="emptyCommand" components={{ code: <code /> }} />
      </p>
    </section>
  )
}

function useColumns(isAnyRunning: boolean): readonly Column<Task>[] {
  const { t, i18n } = useTranslation('builds')
  const nowMs = useNow(isAnyRunning)
  return useMemo<readonly Column<Task>[]>(
    () => [
      {
        id: 'title',
        header: t('columns.image'),
        width: 'minmax(140px, 2fr)',
        sortBy: (row) => row.title,
        cell: (row) => (
          <span className="mono" title={row.title}>
            {row.title}
          </span>
        )
      },
      {
        id: 'state',
        header: t('columns.state'),
        width: '120px',
        sortBy: (row) => row.state,
        cell: (row) => <BuildState state={row.state} />
      },
      {
        id: 'last',
        header: t('columns.last'),
        width: 'minmax(160px, 4fr)',
        cell: (row) =>
          row.error ? (
            <span className="build-error" title={row.error.message}>
              {row.error.message}
            </span>
          ) : (
            <span className="mono muted" title={row.lastLine}>
              {row.lastLine}
            </span>
          )
      },
      {
        id: 'duration',
        header: t('columns.duration'),
        width: '96px',
        sortBy: (row) => (row.endedAtMs ?? Date.now()) - row.startedAtMs,
        cell: (row) => formatElapsed((row.endedAtMs ?? nowMs) - row.startedAtMs, i18n.language),
        align: 'end'
      },
      {
        id: 'started',
        header: t('columns.started'),
        width: '96px',
        sortBy: (row) => row.startedAtMs,
        cell: (row) => <Age sinceMs={row.startedAtMs} />,
        align: 'end'
      }
    ],
    [t, i18n.language, nowMs]
  )
}
