import { PackagePlus } from 'lucide-react'
import { useMemo } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { PastBuild } from '../../shared/builds/model'
import { formatAddress } from '../../shared/engines/address'
import type { Task } from '../../shared/tasks/model'
import { openTask } from '../app/dock-store'
import { useEndpoint, useRows } from '../app/endpoint'
import { useMirror } from '../bridge/mirror'
import { Age } from '../ui/age'
import { formatBytes } from '../ui/format'
import type { Column } from '../ui/data-table'
import { ObjectList, type Filter } from '../ui/object-list'
import { useBuildActions } from './build-actions'
import { ChooseFolderButton } from './choose-folder-button'
import { formatElapsed } from './elapsed'
import { BuildState } from './log/build-head'
import { useNow } from './log/use-now'
import './log/log.css'
import './builds-view.css'

/** The builds on the engine that the window shows, newest first; also those of earlier runs of the app. */
export function BuildsView() {
  const { t } = useTranslation('builds')
  const builds = useBuilds()
  const actions = useBuildActions()
  const columns = useColumns(builds.some(({ state }) => state === 'running'))
  const filters = useMemo<readonly Filter<PastBuild>[]>(
    () => [
      { id: 'all', label: t('filters.all'), passes: () => true },
      { id: 'running', label: t('filters.running'), passes: ({ state }) => state === 'running' },
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

function useBuilds(): readonly PastBuild[] {
  const builds = useMirror((state) => state.builds)
  const address = useEndpoint()?.address
  return useMemo(
    () => [...builds.values()].filter(({ engine }) => address && engine === formatAddress(address)),
    [builds, address]
  )
}

function titleOf({ title }: PastBuild): string {
  return title
}

function searchText({ title, options, error }: PastBuild): string {
  return `${title} ${options.contextPath} ${error?.message ?? ''}`
}

/** What the builds of this run of the app say last, by the build's id. */
function useTasks(): ReadonlyMap<string, Task> {
  const tasks = useRows('tasks')
  return useMemo(() => new Map(tasks.map((task) => [task.id, task])), [tasks])
}

function LastWords(props: { readonly build: PastBuild; readonly task: Task | undefined }) {
  const { t } = useTranslation('builds')
  const { build, task } = props
  const line =
    build.state === 'running' || task?.lastLine !== undefined
      ? task?.lastLine
      : t('stepsCached', { count: build.stepCount, cached: build.cachedCount })
  return (
    <span className="mono muted" title={line}>
      {line}
    </span>
  )
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

function useColumns(isAnyRunning: boolean): readonly Column<PastBuild>[] {
  const { t, i18n } = useTranslation('builds')
  const nowMs = useNow(isAnyRunning)
  const tasks = useTasks()
  return useMemo<readonly Column<PastBuild>[]>(
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
            <LastWords build={row} task={tasks.get(row.id)} />
          )
      },
      {
        id: 'sent',
        header: t('columns.sent'),
        width: '84px',
        sortBy: (row) => row.sentBytes ?? 0,
        cell: (row) => row.sentBytes !== undefined && formatBytes(row.sentBytes),
        align: 'end'
      },
      {
        id: 'duration',
        header: t('columns.duration'),
        width: '96px',
        sortBy: (row) => (row.endedAtMs ?? Date.now()) - row.startedAtMs,
        // Nobody knows when one ended that the app did not see the end of.
        cell: (row) =>
          row.state === 'interrupted'
            ? null
            : formatElapsed((row.endedAtMs ?? nowMs) - row.startedAtMs, i18n.language),
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
    [t, i18n.language, nowMs, tasks]
  )
}
