import { useMemo } from 'react'
import type { ContainerTabProps } from '../app/container-tabs'
import { LogPanel } from './log-panel'

/** The log of a container, on its page. */
export function LogsTab({ container }: ContainerTabProps) {
  const { endpointId, id } = container
  const targets = useMemo(() => [{ endpointId, containerId: id }], [endpointId, id])
  return <LogPanel targets={targets} label={container.name} />
}
