import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Container } from '../../shared/containers/model'
import { call, errorOf } from '../bridge/client'

/** A container's inspection, or why there is none. Neither: it is being read for the first time. */
interface Inspection {
  readonly json?: unknown
  readonly error?: ErrorData
}

/**
 * The engine's own JSON of a container, read anew whenever its row changes: the row is another object then. What was read last stays
 * until the new one is there. `readAgain` is for what changes without the row, such as the output of a health check.
 */
export function useInspection(
  container: Container
): Inspection & { readonly readAgain: () => void } {
  const [inspection, setInspection] = useState<Inspection>({})
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let isOld = false
    const { endpointId, id } = container
    call('containers.inspect', { endpointId, containerId: id }).then(
      (json) => !isOld && setInspection({ json }),
      // One that is just being removed still shows what was read.
      (thrown: unknown) => !isOld && setInspection((last) => ({ ...last, error: errorOf(thrown) }))
    )
    return () => {
      isOld = true
    }
  }, [container, asked])
  return { ...inspection, readAgain: () => setAsked((count) => count + 1) }
}
