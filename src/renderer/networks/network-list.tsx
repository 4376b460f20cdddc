import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPredefined, networkLabel, type Network } from '../../shared/networks/model'
import { Age } from '../ui/age'
import { DataTable, type Column } from '../ui/data-table'
import { NOTHING_SELECTED, selectRow } from '../ui/table-selection'
import type { Point } from './geometry'
import { NodeMenu } from './node-menu'
import { membersOf, removeNetwork } from './remove-network'
import type { ChartData } from './use-chart'
import { select, useView } from './view-store'

/** Every network of the engine, host and none included. */
export function NetworkList({
  data,
  isStale
}: {
  readonly data: ChartData
  readonly isStale: boolean
}) {
  const { t } = useTranslation('networks')
  const selected = useView((state) => state.selected)
  const columns = useColumns(data)
  const [menu, setMenu] = useState<{ readonly network: Network; readonly at: Point }>()
  const id = selected?.kind === 'network' ? selected.id : undefined
  const selection =
    id === undefined ? NOTHING_SELECTED : selectRow(NOTHING_SELECTED, [], id, 'alone')
  const current = id === undefined ? undefined : data.networkById.get(id)
  return (
    <>
      <DataTable
        label={t('title')}
        rows={data.networks}
        columns={columns}
        rowKey={networkKey}
        rowName={(network) => networkLabel(network, data.networks)}
        selection={selection}
        onSelection={({ current: key }) =>
          select(key === undefined ? undefined : { kind: 'network', id: key })
        }
        initialSort={{ columnId: 'name', descending: false }}
        onRemove={() => {
          if (current && !isPredefined(current))
            removeNetwork(t, current, data.containers, data.networks)
        }}
        onMenu={(network, at) => setMenu({ network, at })}
        empty={null}
        isStale={isStale}
      />
      {menu && (
        <NodeMenu
          data={data}
          network={menu.network}
          at={menu.at}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  )
}

const FLAGS = ['internal', 'ipv6', 'attachable'] as const

function flagsOf(network: Network): (typeof FLAGS)[number][] {
  return FLAGS.filter((flag) => network[flag])
}

function networkKey(network: Network): string {
  return network.id
}

function useColumns(data: ChartData): readonly Column<Network>[] {
  const { t } = useTranslation('networks')
  return useMemo<readonly Column<Network>[]>(() => {
    const members = new Map(
      data.networks.map((network) => [
        network.id,
        membersOf(network, data.containers).map(({ name }) => name)
      ])
    )
    return [
      {
        id: 'name',
        header: t('list.name'),
        width: 'minmax(130px, 2fr)',
        sortBy: (row) => row.name,
        cell: (row) => <span title={row.name}>{row.name}</span>
      },
      {
        id: 'id',
        header: t('list.id'),
        width: '104px',
        sortBy: (row) => row.id,
        cell: (row) => <span className="mono muted">{row.id.slice(0, 12)}</span>
      },
      {
        id: 'driver',
        header: t('list.driver'),
        width: '76px',
        sortBy: (row) => row.driver,
        cell: (row) => row.driver
      },
      {
        id: 'scope',
        header: t('list.scope'),
        width: '68px',
        sortBy: (row) => row.scope,
        cell: (row) => row.scope
      },
      {
        id: 'subnet',
        header: t('list.subnet'),
        width: 'minmax(110px, 1.3fr)',
        sortBy: (row) => row.ranges[0]?.subnet ?? '',
        cell: (row) => (
          <span className="mono">{row.ranges.map(({ subnet }) => subnet).join(', ')}</span>
        )
      },
      {
        id: 'flags',
        header: t('list.flags'),
        width: 'minmax(84px, 1fr)',
        sortBy: (row) => flagsOf(row).join(),
        cell: (row) => {
          const flags = flagsOf(row)
            .map((flag) => t(`list.${flag}`))
            .join(', ')
          return <span title={flags}>{flags}</span>
        }
      },
      {
        id: 'containers',
        header: t('list.containers'),
        width: 'minmax(120px, 2fr)',
        sortBy: (row) => members.get(row.id)?.length ?? 0,
        cell: (row) => {
          const names = members.get(row.id)?.join(', ')
          return names ? <span title={names}>{names}</span> : <span className="muted">—</span>
        }
      },
      {
        id: 'created',
        header: t('list.created'),
        width: '84px',
        sortBy: (row) => row.createdAtMs,
        cell: (row) => <Age sinceMs={row.createdAtMs} />,
        align: 'end'
      }
    ]
  }, [t, data.networks, data.containers])
}
