import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Image } from '../../shared/images/model'
import { call, errorOf } from '../bridge/client'

/** The engine's own JSON of an image, read anew when its row changes: only names do. Neither: it is being read. */
export function useImageInspection(image: Image): {
  readonly json?: unknown
  readonly error?: ErrorData
} {
  const { endpointId, id } = image
  const [read, setRead] = useState<{ readonly json?: unknown; readonly error?: ErrorData }>({})
  const version = [...image.tags, ...image.digests].join(' ')
  useEffect(() => {
    let isOld = false
    call('images.inspect', { endpointId, imageId: id }).then(
      (json) => !isOld && setRead({ json }),
      // One that is just being removed still shows what was read.
      (thrown: unknown) => !isOld && setRead((last) => ({ ...last, error: errorOf(thrown) }))
    )
    return () => {
      isOld = true
    }
  }, [endpointId, id, version])
  return read
}
