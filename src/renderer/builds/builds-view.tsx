import { PackagePlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { rowKey } from '../../shared/state'
import { isEnded, type Task } from '../../shared/tasks/model'
import { openTask } from '../app/dock-store'
import { useRows } from '../app/endpoint'
import { runAction } from '../ui/action'
import { Age } from '../ui/age'
import { DataTable, type Column } from '../ui/data-table'
import { ListFrame } from '../ui/list-frame'
import { matchesText } from '../ui/match'
import { NOTHING_SELECTED } from '../ui/table-selection'
import { useBuildActions } from './build-actions'
import { ChooseFolderButton } from './choose-folder-button'
import { formatElapsed } from './elapsed'
import { BuildState } from './log/build-head'
import { useNow } from './log/use-now'
import './log/log.css'
import './builds-view.css'

type Filter = 'all' | 'running' | 'failed'
const FILTERS: readonly Filter[] = ['all', 'running', 'failed']

function passes(task: Task, filter: Filter): boolean {
  if (filter === 'all') return true
  return filter === 'running' ? !isEnded(task) : task.state === 'failed'
}

/** The builds of this run of the app, newest first. */
export function BuildsView() {
  const { t } = useTranslation('builds')
  const tasks = useRows('tasks')
  const builds = useMemo(() => tasks.filter(({ kind }) => kind === 'builds.start'), [tasks])
  const actions = useBuildActions()
  const columns = useColumns(builds.some((task) => !isEnded(task)))
  const [filter, setFilter] = useState<Filter>('all')
  const [text, setText] = useState('')
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const shown = useMemo(
    () =>
      builds.filter(
        (task) =>
          passes(task, filter) && matchesText(`${task.title} ${task.error?.message ?? ''}`, text)
      ),
    [builds, filter, text]
  )
  const selected = useMemo(
    () => shown.filter((row) => selection.keys.has(rowKey(row))),
    [shown, selection]
  )
  if (builds.length === 0) return <NoBuilds />
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
    >
      {(openMenu) => (
        <DataTable
          label={t('title')}
          rows={shown}
          columns={columns}
          rowKey={rowKey}
          rowName={(row) => row.title}
          selection={selection}
          onSelection={setSelection}
          initialSort={{ columnId: 'started', descending: true }}
          onOpen={(row) => openTask(row.id, row.title)}
          onRemove={() => {
            const dismiss = actions.find((action) => action.id === 'dismiss')
            if (dismiss) runAction(dismiss, selected)
          }}
          onMenu={openMenu}
          empty={
            <>
              <h2>{t('noneMatch')}</h2>
              <p>{t('noneMatchHint')}</p>
            </>
          }
        />
      )}
    </ListFrame>
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
