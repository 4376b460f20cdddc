import { ArchiveRestore, Plus, Ruler, Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAnonymous, type Volume } from '../../shared/volumes/model'
import { useEndpoint, useRows } from '../app/endpoint'
import { useVolumePage } from '../app/volume-page-store'
import { EVERYTHING, ObjectList, type Filter } from '../ui/object-list'
import { openVolumeDialog } from './dialog-store'
import { useGroupings } from './groupings'
import { shownName } from './names'
import { measureSizes, useMeasuring, useSizes } from './sizes-store'
import { useVolumeActions } from './volume-actions'
import { useVolumeColumns } from './volume-columns'
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
  const unused = rows.filter(({ id }) => !users.has(id))
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
        viewTools={() => (
          <select
            className="field volume-group"
            aria-label={t('group.label')}
            value={query.groupingId}
            onChange={(event) => setQuery({ ...query, groupingId: event.target.value })}
          >
            <option value="">{t('group.none')}</option>
            <option value="project">{t('group.project')}</option>
            <option value="driver">{t('group.driver')}</option>
          </select>
        )}
        actions={useVolumeActions()}
        tools={
          endpoint && (
            <>
              <MeasureButton endpointId={endpoint.id} isConnected={isConnected} />
              <button
                type="button"
                className="button"
                disabled={!isConnected || unused.length === 0}
                onClick={() =>
                  openVolumeDialog({ kind: 'remove-many', which: 'unused', volumes: unused })
                }
              >
                <Trash2 size={14} aria-hidden />
                {t('removeUnused')}
              </button>
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

function MeasureButton(props: { readonly endpointId: string; readonly isConnected: boolean }) {
  const { t } = useTranslation('volumes')
  const { isMeasuring } = useSizes(props.endpointId)
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={t('measure')}
      title={t(isMeasuring ? 'measuring' : 'measure')}
      disabled={!props.isConnected || isMeasuring}
      onClick={() => measureSizes(props.endpointId)}
    >
      <Ruler size={14} aria-hidden />
    </button>
  )
}
