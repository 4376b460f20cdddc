import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import { openStream } from '../bridge/stream'

/** Makes a log of a task's events. */
interface LogReader<Event, Log> {
  readonly accept: (events: readonly Event[]) => void
  readonly log: () => Log
}

/** A task's log, live from its first event on; `makeReader` must be the same at each render. */
export function useTaskLog<Event, Log>(
  taskId: string,
  makeReader: () => LogReader<Event, Log>
): { readonly log: Log; readonly error: ErrorData | undefined } {
  const [log, setLog] = useState(() => makeReader().log())
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    const reader = makeReader()
    let frame: number | undefined
    const client = openStream('tasks.events', { taskId }, 4, {
      onData: (events) => {
        reader.accept(events as readonly Event[])
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
  }, [taskId, makeReader])
  return { log, error }
}
