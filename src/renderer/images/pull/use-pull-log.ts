import { useEffect, useState } from 'react'
import type { ErrorData } from '../../../shared/bridge/errors'
import type { PullEvent } from '../../../shared/images/pull'
import { openStream } from '../../bridge/stream'
import { PullReader, type PullLog } from './pull-log'

/** A pull's log, live from its first event on. */
export function usePullLog(taskId: string): {
  readonly log: PullLog
  readonly error: ErrorData | undefined
} {
  const [log, setLog] = useState(() => new PullReader().log())
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    const reader = new PullReader()
    let frame: number | undefined
    const client = openStream('tasks.events', { taskId }, 4, {
      onData: (events) => {
        reader.accept(events as readonly PullEvent[])
        client.grant(1)
        frame ??= requestAnimationFrame(() => {
          frame = undefined
          setLog(reader.log())
        })
      },
      onEnd: () => setLog(reader.log()),
      onError: setError
    })
    return () => {
      client.close()
      if (frame !== undefined) cancelAnimationFrame(frame)
    }
  }, [taskId])
  return { log, error }
}
