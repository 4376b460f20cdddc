import { useEffect, useState } from 'react'
import type { RecreateEvent } from '../../../shared/recreate/model'
import { openStream } from '../../bridge/stream'

/** What a recreation's task has said, from the first on. */
export function useRecreateEvents(taskId: string): readonly RecreateEvent[] {
  const [events, setEvents] = useState<readonly RecreateEvent[]>([])
  useEffect(() => {
    const client = openStream('tasks.events', { taskId }, 8, {
      onData: (batch) => {
        client.grant(1)
        setEvents((before) => [...before, ...(batch as readonly RecreateEvent[])])
      },
      onEnd: () => undefined,
      onError: () => undefined
    })
    return () => client.close()
  }, [taskId])
  return events
}
