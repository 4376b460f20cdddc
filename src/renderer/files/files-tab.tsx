import { useMemo } from 'react'
import { rowKey } from '../../shared/state'
import type { ContainerTabProps } from '../app/container-tabs'
import type { FilePlace } from './file-place'
import { FilesPane } from './files-pane'

/** The files of a container, running or not. */
export function FilesTab({ container }: ContainerTabProps) {
  const { endpointId, id: containerId, name } = container
  const key = rowKey(container)
  const place = useMemo<FilePlace>(
    () => ({ endpointId, holder: { containerId }, name, key }),
    [endpointId, containerId, name, key]
  )
  return <FilesPane place={place} version={`${container.state} ${container.sinceMs ?? ''}`} />
}
