import type { ContainerTabProps } from '../app/container-tabs'
import { call } from '../bridge/client'
import { EngineJson } from '../ui/inspector'

/** The engine's own JSON of a container. */
export function InspectTab({ container }: ContainerTabProps) {
  const { endpointId, id } = container
  return (
    <EngineJson
      // What the row shows has changed, so has the JSON.
      key={`${container.state} ${container.sinceMs ?? ''} ${container.attachments.length}`}
      read={() => call('containers.inspect', { endpointId, containerId: id })}
    />
  )
}
