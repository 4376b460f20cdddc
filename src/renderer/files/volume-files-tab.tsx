import { useMemo } from 'react'
import { rowKey } from '../../shared/state'
import type { VolumeTabProps } from '../app/volume-tabs'
import type { FilePlace } from './file-place'
import { FilesPane } from './files-pane'

/** The files of a volume, whether a container has it or not. */
export function VolumeFilesTab({ volume }: VolumeTabProps) {
  const { endpointId, id: name } = volume
  const key = `volume ${rowKey(volume)}`
  const place = useMemo<FilePlace>(
    () => ({ endpointId, holder: { volume: name }, name, key }),
    [endpointId, name, key]
  )
  return <FilesPane place={place} version="" />
}
