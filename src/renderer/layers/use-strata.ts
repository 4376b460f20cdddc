import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Image } from '../../shared/images/model'
import type { LayerSharing, Stratum } from '../../shared/layers/model'
import { call, errorOf } from '../bridge/client'

/** What an image is made of: that never changes. `sharing` comes later, and does. */
interface Strata {
  readonly strata?: readonly Stratum[]
  readonly sharing?: LayerSharing
  readonly error?: ErrorData
}

/** Reads an image's layers, and what it has in common with the others; the latter again whenever `version` changes. */
export function useStrata(image: Image, version: unknown): Strata {
  const { endpointId, id } = image
  const [sharing, setSharing] = useState<LayerSharing>()
  const [fault, setFault] = useState<ErrorData>()
  const { strata, error } = useList(image)
  useEffect(() => {
    let isOld = false
    call('layers.sharing', { endpointId, imageId: id }).then(
      (found) => !isOld && setSharing(found),
      (thrown: unknown) => !isOld && setFault(errorOf(thrown))
    )
    return () => {
      isOld = true
    }
  }, [endpointId, id, version])
  const shown = error ?? fault
  return { ...(strata && { strata }), ...(sharing && { sharing }), ...(shown && { error: shown }) }
}

/** An image's layers alone. */
export function useStrataOf(image: Image): readonly Stratum[] | undefined {
  return useList(image).strata
}

function useList({ endpointId, id }: Image): Omit<Strata, 'sharing'> {
  const [read, setRead] = useState<Omit<Strata, 'sharing'>>({})
  useEffect(() => {
    let isOld = false
    call('layers.list', { endpointId, imageId: id }).then(
      (strata) => !isOld && setRead({ strata }),
      (thrown: unknown) => !isOld && setRead({ error: errorOf(thrown) })
    )
    return () => {
      isOld = true
    }
  }, [endpointId, id])
  return read
}
