import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive, type Container } from '../../shared/containers/model'
import { useContainerActions } from '../app/container-actions'
import { useContainerColumns } from '../app/container-columns'
import { useContainerPage } from '../app/container-page-store'
import { openShell } from '../app/dock-store'
import { useEndpoint, useRows } from '../app/endpoint'
import { reportPainted } from '../app/painted'
import { FirstRunButton, RunButton } from '../app/run-button'
import { Age } from '../ui/age'
import type { Column } from '../ui/data-table'
import { ObjectList, type Filter } from '../ui/object-list'
import { ContainerPage } from './container-page'
import { useContainerQuery } from './container-query'
import { ContainerStateText } from './container-state'
import { useGroupings } from './groupings'
import { formatPorts } from './ports'
import { ViewMenu } from './view-menu'

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
  const { expanded, asked } = useContainerPage()
  const filters = useMemo<readonly Filter<Container>[]>(
    () => [
      { id: 'all', label: t('filters.all'), passes: () => true },
      {
        id: 'running',
        label: t('filters.running', { total: rows.filter(isAlive).length }),
        passes: isAlive
      },
      {
        id: 'exited',
        label: t('filters.exited', { total: rows.filter(isExited).length }),
        passes: isExited
      },
      ...(rows.some(needsCare)
        ? [
            {
              id: 'care',
              label: t('filters.care', { total: rows.filter(needsCare).length }),
              passes: needsCare
            }
          ]
        : [])
    ],
    [t, rows]
  )
  const query = useContainerQuery()
  const groupings = useGroupings()
  useEffect(() => {
    if (endpoint?.listed) reportPainted('list')
  }, [endpoint?.listed])
  return (
    <ObjectList
      title={t('title')}
      rows={rows}
      columns={useColumns()}
      rowName={nameOf}
      searchText={searchText}
      filters={filters}
      groupings={groupings}
      query={query}
      viewTools={(shown) => <ViewMenu shown={shown} rows={rows} query={query} />}
      actions={useContainerActions()}
      tools={<RunButton />}
      removeId="remove"
      initialSort={{ columnId: 'name', descending: false }}
      onOpen={(row) => row.state === 'running' && openShell(row)}
      inspector={(row) => <ContainerPage container={row} />}
      inspectorExpanded={expanded}
      asked={asked}
      isStale={endpoint?.status !== 'connected'}
      empty={
        endpoint?.listed
          ? {
              none: { title: t('empty'), hint: t('emptyHint'), action: <FirstRunButton /> },
              noMatch: { title: t('noneMatch'), hint: t('noneMatchHint') }
            }
          : undefined
      }
    />
  )
}

function isExited({ state }: Container): boolean {
  return state === 'exited'
}

/** What somebody should look at: unhealthy, restarting in a loop, dead. */
function needsCare({ state, health }: Container): boolean {
  return health === 'unhealthy' || state === 'restarting' || state === 'dead'
}

function nameOf(container: Container): string {
  return container.name
}

function useColumns(): readonly Column<Container>[] {
  const { t } = useTranslation('containers')
  const added = useContainerColumns()
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
      ...added,
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
    [t, added]
  )
}

function Networks({ container }: { readonly container: Container }) {
  const words = container.attachments.map(({ networkName }) => networkName).join(', ')
  const addresses = container.attachments
    .map(({ networkName, ipAddress }) => `${networkName} ${ipAddress}`)
    .join('\n')
  return <span title={addresses}>{words || container.networkMode}</span>
}
