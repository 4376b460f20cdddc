import type { DownOf, EndOf, RawInputOf, UpOf } from '../../shared/bridge/contract'
import type { ErrorData } from '../../shared/bridge/errors'
import { PORT_MESSAGE, type DownMessage, type UpMessage } from '../../shared/bridge/wire'
import type { Definition, StreamName } from '../../shared/contracts'

/** Who listens to a stream. `onEnd` or `onError` is called once, and nothing after it. */
export interface StreamListener<Down, End> {
  readonly onData: (message: Down) => void
  readonly onEnd: (value: End) => void
  readonly onError: (error: ErrorData) => void
}

/** The window's end of a stream. */
export interface StreamClient<Up> {
  readonly send: (message: Up) => void
  /** Lets main send `units` more: bytes, or messages, as the stream's `cost` says. */
  readonly grant: (units: number) => void
  /** Ends the stream, and the work behind it; nothing is called any more. */
  readonly close: () => void
}

const arrivals = new Map<string, (port: MessagePort) => void>()

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const data = event.data as { type?: unknown; streamId?: unknown } | null
  const port = event.ports[0]
  if (event.source !== window || data?.type !== PORT_MESSAGE || !port) return
  const arrive = arrivals.get(String(data.streamId))
  arrivals.delete(String(data.streamId))
  arrive?.(port)
})

/** Opens a stream of the contracts with `credit` units to begin with; grant more as they are consumed. */
export function openStream<N extends StreamName>(
  name: N,
  input: RawInputOf<Definition<N>>,
  credit: number,
  listener: StreamListener<DownOf<Definition<N>>, EndOf<Definition<N>>>
): StreamClient<UpOf<Definition<N>>> {
  const streamId = crypto.randomUUID()
  const waiting: UpMessage[] = [{ t: 'credit', n: credit }]
  let port: MessagePort | undefined
  let closed = false

  function post(message: UpMessage): void {
    if (port) port.postMessage(message)
    else waiting.push(message)
  }

  function finish(): void {
    closed = true
    port?.close()
  }

  arrivals.set(streamId, (arrived) => {
    port = arrived
    port.onmessage = (event: MessageEvent<DownMessage>) => {
      if (closed) return
      const message = event.data
      if (message.t === 'data') {
        listener.onData(message.d as DownOf<Definition<N>>)
        return
      }
      finish()
      if (message.t === 'end') listener.onEnd(message.value as EndOf<Definition<N>>)
      else listener.onError(message.error)
    }
    for (const message of waiting.splice(0)) port.postMessage(message)
    if (closed) port.close()
  })
  window.portolan.open(name, input, streamId)

  return {
    send: (message) => post({ t: 'data', d: message }),
    grant: (units) => post({ t: 'credit', n: units }),
    close: () => {
      if (closed) return
      post({ t: 'close' })
      finish()
    }
  }
}
