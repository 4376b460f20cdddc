import { useEffect, useRef, useState } from 'react'
import type { ProcessReading } from '../../shared/processes/contract'
import { openStream, type StreamClient } from '../bridge/stream'

type Asking = { live: boolean } | { refresh: true }

/** A container's processes as they were read last, and how to have them read again. `live` counts only while the window is seen. */
export function useProcesses(
  { endpointId, id }: { readonly endpointId: string; readonly id: string },
  live: boolean
): { readonly reading: ProcessReading | undefined; readonly refresh: () => void } {
  const [reading, setReading] = useState<ProcessReading>()
  const client = useRef<StreamClient<Asking>>(undefined)
  useEffect(() => {
    const opened = openStream('processes.watch', { endpointId, containerId: id }, 1, {
      onData: (read) => {
        opened.grant(1)
        setReading(read)
      },
      onEnd: () => undefined,
      onError: (error) => setReading({ kind: 'failed', error })
    })
    client.current = opened
    return () => opened.close()
  }, [endpointId, id])
  useEffect(() => {
    const tell = (): void => client.current?.send({ live: live && !document.hidden })
    if (!live) return
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => {
      document.removeEventListener('visibilitychange', tell)
      client.current?.send({ live: false })
    }
  }, [live, endpointId, id])
  return { reading, refresh: () => client.current?.send({ refresh: true }) }
}
