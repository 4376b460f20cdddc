import { useEffect, useState } from 'react'
import type { UpOf } from '../../shared/bridge/contract'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Definition } from '../../shared/contracts'
import type { LogViewState } from '../../shared/logs/model'
import { openStream } from '../bridge/stream'

/** Which container's log. */
export interface LogTarget {
  readonly endpointId: string
  readonly containerId: string
}

/** Which of its lines. */
export interface LogRange {
  readonly tail: number
  readonly sinceMs?: number
  readonly untilMs?: number
}

type Up = UpOf<Definition<'logs.view'>>

/** A view that is open in main, as it stands. */
export interface OpenLogView {
  /** Undefined until it has been read. */
  readonly state: LogViewState | undefined
  readonly error: ErrorData | undefined
  readonly send: (message: Up) => void
}

const NOT_OPEN: OpenLogView = { state: undefined, error: undefined, send: () => undefined }

/** Opens a view for as long as the component is there; another one when what is asked for changes, or `attempt` does. */
export function useLogView(
  targets: readonly LogTarget[],
  range: LogRange,
  attempt: number
): OpenLogView {
  const key = JSON.stringify([targets, range, attempt])
  const [view, setView] = useState<OpenLogView & { readonly key: string }>()
  useEffect(() => {
    const base = { key, send: (message: Up): void => client.send(message) }
    const [containers, wanted] = JSON.parse(key) as [LogTarget[], LogRange]
    const client = openStream('logs.view', { containers, ...wanted }, 2, {
      onData: (state) => {
        setView({ ...base, state, error: undefined })
        client.grant(1)
      },
      onEnd: () => undefined,
      onError: (error) => setView((now) => ({ ...base, state: now?.state, error }))
    })
    return () => client.close()
  }, [key])
  if (view?.key === key) return view
  return NOT_OPEN
}
