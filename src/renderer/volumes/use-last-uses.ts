import { useEffect, useState } from 'react'
import type { VolumeUse } from '../../shared/volumes/model'
import { call } from '../bridge/client'

type LastUses = Readonly<Record<string, VolumeUse>>

const NONE: LastUses = {}

/** Who used each volume last, read when it is shown and whenever `version` changes. */
export function useLastUses(endpointId: string, version: string): LastUses {
  const [uses, setUses] = useState(NONE)
  useEffect(() => {
    let gone = false
    call('volumes.lastUses', { endpointId }).then(
      (read) => !gone && setUses(read),
      // It is a help, and its lack says itself.
      () => undefined
    )
    return () => {
      gone = true
    }
  }, [endpointId, version])
  return uses
}
