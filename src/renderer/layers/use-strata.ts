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
export function useStrata({ endpointId, id }: Image, version: unknown): Strata {
  const [read, setRead] = useState<Strata>({})
  useEffect(() => {
    let isOld = false
    call('layers.list', { endpointId, imageId: id }).then(
      (strata) => !isOld && setRead((last) => ({ ...last, strata })),
      (thrown: unknown) => !isOld && setRead((last) => ({ ...last, error: errorOf(thrown) }))
    )
    return () => {
      isOld = true
    }
  }, [endpointId, id])
  useEffect(() => {
    let isOld = false
    call('layers.sharing', { endpointId, imageId: id }).then(
      (sharing) => !isOld && setRead((last) => ({ ...last, sharing })),
      (thrown: unknown) => !isOld && setRead((last) => ({ ...last, error: errorOf(thrown) }))
    )
    return () => {
      isOld = true
    }
  }, [endpointId, id, version])
  return read
}
