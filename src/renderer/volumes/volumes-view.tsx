import { ArchiveRestore, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAnonymous, type Volume } from '../../shared/volumes/model'
import { useEndpoint, useRows } from '../app/endpoint'
import { useVolumePage } from '../app/volume-page-store'
import { EVERYTHING, ObjectList, type Filter } from '../ui/object-list'
import { openVolumeDialog } from './dialog-store'
import { useGroupings } from './groupings'
import { shownName } from './names'
import { useMeasuring } from './sizes-store'
import { useVolumeActions } from './volume-actions'
import { useVolumeColumns } from './volume-columns'
import { ViewMenu } from './view-menu'
import { VolumePage } from './volume-page'
import { VolumeTasks } from './volume-tasks'
import { useVolumeUsers } from './volume-users'
import './volumes.css'

function searchText(volume: Volume): string {
  const labels = Object.entries(volume.labels).map(([key, value]) => `${key}=${value}`)
  return `${volume.id} ${volume.driver} ${labels.join(' ')}`
}

/** Every volume of the engine, live. */
export function VolumesView() {
  const { t } = useTranslation('volumes')
  const endpoint = useEndpoint()
  const rows = useRows('volumes')
  const users = useVolumeUsers()
  const { expanded, asked } = useVolumePage()
  const [query, setQuery] = useState(EVERYTHING)
  const isConnected = endpoint?.status === 'connected'
  const names = useMemo(() => rows.map(({ id }) => id).join(' '), [rows])
  useMeasuring(isConnected ? endpoint.id : undefined, names)
  const filters = useMemo<readonly Filter<Volume>[]>(() => {
    const isUsed = ({ id }: Volume): boolean => users.has(id)
    return [
      { id: 'all', label: t('filters.all'), passes: () => true },
      { id: 'used', label: t('filters.used'), passes: isUsed },
      { id: 'unused', label: t('filters.unused'), passes: (row) => !isUsed(row) },
      { id: 'anonymous', label: t('filters.anonymous'), passes: isAnonymous }
    ]
  }, [t, users])
  return (
    <>
      <VolumeTasks />
      <ObjectList
        title={t('title')}
        rows={rows}
        columns={useVolumeColumns(users)}
        rowName={shownName}
        searchText={searchText}
        filters={filters}
        groupings={useGroupings()}
        query={{ value: query, onChange: setQuery }}
        viewTools={() =>
          endpoint && (
            <ViewMenu
              endpointId={endpoint.id}
              isConnected={isConnected}
              unused={rows.filter(({ id }) => !users.has(id))}
              query={query}
              onQuery={setQuery}
            />
          )
        }
        actions={useVolumeActions()}
        tools={
          endpoint && (
            <>
              <button
                type="button"
                className="button"
                disabled={!isConnected}
                onClick={() => openVolumeDialog({ kind: 'restore', endpointId: endpoint.id })}
              >
                <ArchiveRestore size={14} aria-hidden />
                {t('restore.open')}
              </button>
              <button
                type="button"
                className="button"
                disabled={!isConnected}
                onClick={() => openVolumeDialog({ kind: 'create', endpointId: endpoint.id })}
              >
                <Plus size={14} aria-hidden />
                {t('create.open')}
              </button>
            </>
          )
        }
        removeId="remove"
        initialSort={{ columnId: 'name', descending: false }}
        inspector={(row) => <VolumePage volume={row} />}
        inspectorExpanded={expanded}
        asked={asked}
        isStale={!isConnected}
        empty={
          endpoint?.listed
            ? {
                none: { title: t('empty'), hint: t('emptyHint') },
                noMatch: { title: t('noneMatch'), hint: t('noneMatchHint') }
              }
            : undefined
        }
      />
    </>
  )
}
