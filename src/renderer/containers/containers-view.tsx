import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rowKey } from '../../shared/state'
import { isAlive, type Container } from '../../shared/containers/model'
import { openShell } from '../app/dock-store'
import { useEndpoint, useRows } from '../app/endpoint'
import { reportPainted } from '../app/painted'
import { Age } from '../ui/age'
import { DataTable, type Column } from '../ui/data-table'
import { ListFrame } from '../ui/list-frame'
import { runAction } from '../ui/action'
import { matchesText } from '../ui/match'
import { NOTHING_SELECTED } from '../ui/table-selection'
import { useContainerActions } from './container-actions'
import { ContainerInspector } from './container-inspector'
import { ContainerStateText } from './container-state'
import { formatPorts } from './ports'

type Filter = 'all' | 'running' | 'exited'
const FILTERS: readonly Filter[] = ['all', 'running', 'exited']

function passes(container: Container, filter: Filter): boolean {
  if (filter === 'all') return true
  return filter === 'running' ? isAlive(container) : container.state === 'exited'
}

function searchText(container: Container): string {
  const networks = container.attachments.map(
    ({ networkName, ipAddress }) => `${networkName} ${ipAddress}`
  )
  return [
    container.name,
    container.image,
    container.id,
    container.command,
    formatPorts(container.ports),
    ...networks
  ].join(' ')
}

/** Every container of the engine, live. */
export function ContainersView() {
  const { t } = useTranslation('containers')
  const endpoint = useEndpoint()
  const rows = useRows('containers')
  const actions = useContainerActions()
  const columns = useColumns()
  const [filter, setFilter] = useState<Filter>('all')
  const [text, setText] = useState('')
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const shown = useMemo(
    () => rows.filter((row) => passes(row, filter) && matchesText(searchText(row), text)),
    [rows, filter, text]
  )
  const selected = useMemo(
    () => shown.filter((row) => selection.keys.has(rowKey(row))),
    [shown, selection]
  )
  useEffect(() => {
    if (endpoint?.listed) reportPainted('list')
  }, [endpoint?.listed])

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
      inspector={
        selected.length === 1 && selected[0] && <ContainerInspector container={selected[0]} />
      }
    >
      {(openMenu) => (
        <DataTable
          label={t('title')}
          rows={shown}
          columns={columns}
          rowKey={rowKey}
          rowName={(row) => row.name}
          selection={selection}
          onSelection={setSelection}
          initialSort={{ columnId: 'name', descending: false }}
          onOpen={(row) => row.state === 'running' && openShell(row)}
          onRemove={() => {
            const remove = actions.find((action) => action.id === 'remove')
            if (remove) runAction(remove, selected)
          }}
          onMenu={openMenu}
          isStale={endpoint?.status !== 'connected'}
          empty={endpoint?.listed && <Empty hasAny={rows.length > 0} />}
        />
      )}
    </ListFrame>
  )
}

function Empty({ hasAny }: { readonly hasAny: boolean }) {
  const { t } = useTranslation('containers')
  return (
    <>
      <h2>{t(hasAny ? 'noneMatch' : 'empty')}</h2>
      <p>{t(hasAny ? 'noneMatchHint' : 'emptyHint')}</p>
    </>
  )
}

function useColumns(): readonly Column<Container>[] {
  const { t } = useTranslation('containers')
  return useMemo<readonly Column<Container>[]>(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        width: 'minmax(104px, 2.4fr)',
        sortBy: (row) => row.name,
        cell: (row) => <span title={row.name}>{row.name}</span>
      },
      {
        id: 'state',
        header: t('columns.state'),
        width: 'minmax(150px, 1.6fr)',
        sortBy: (row) => `${row.state} ${row.exitCode ?? ''}`,
        cell: (row) => <ContainerStateText container={row} />
      },
      {
        id: 'image',
        header: t('columns.image'),
        width: 'minmax(84px, 2fr)',
        sortBy: (row) => row.image,
        cell: (row) => (
          <span className="mono" title={row.image}>
            {row.image}
          </span>
        )
      },
      {
        id: 'ports',
        header: t('columns.ports'),
        width: 'minmax(72px, 1.4fr)',
        sortBy: (row) => row.ports.find((port) => port.hostPort)?.hostPort ?? 0,
        cell: (row) => (
          <span className="mono" title={formatPorts(row.ports)}>
            {formatPorts(row.ports)}
          </span>
        )
      },
      {
        id: 'networks',
        header: t('columns.networks'),
        width: 'minmax(72px, 1.4fr)',
        sortBy: (row) => row.attachments.map(({ networkName }) => networkName).join(),
        cell: (row) => <Networks container={row} />
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
    [t]
  )
}

function Networks({ container }: { readonly container: Container }) {
  const words = container.attachments.map(({ networkName }) => networkName).join(', ')
  const addresses = container.attachments
    .map(({ networkName, ipAddress }) => `${networkName} ${ipAddress}`)
    .join('\n')
  return <span title={addresses}>{words || container.networkMode}</span>
}
