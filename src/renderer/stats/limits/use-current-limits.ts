import { useEffect, useState } from 'react'
import { currentLimits, type CurrentLimits } from '../../../shared/containers/limits'
import { call } from '../../bridge/client'
import { notify } from '../../ui/notices'

interface Target {
  readonly endpointId: string
  readonly id: string
}

/** A container's limits, which no list tells: read again for another `version`. Undefined until they are known. */
export function useCurrentLimits(
  { endpointId, id }: Target,
  version: number
): CurrentLimits | undefined {
  const [limits, setLimits] = useState<CurrentLimits>()
  useEffect(() => {
    let gone = false
    call('containers.inspect', { endpointId, containerId: id }).then(
      (inspect) => !gone && setLimits(currentLimits(inspect)),
      (thrown: unknown) => !gone && notify('inspect', thrown)
    )
    return () => {
      gone = true
    }
  }, [endpointId, id, version])
  return limits
}
