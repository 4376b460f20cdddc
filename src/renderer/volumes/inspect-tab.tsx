import type { VolumeTabProps } from '../app/volume-tabs'
import { call } from '../bridge/client'
import { EngineJson } from '../ui/inspector'

/** The engine's own JSON of a volume. */
export function InspectTab({ volume }: VolumeTabProps) {
  const { endpointId, id: name } = volume
  return <EngineJson read={() => call('volumes.inspect', { endpointId, name })} />
}
