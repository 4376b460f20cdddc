import type { ErrorData } from '../../shared/bridge/errors'
import type { SessionMark } from '../../shared/exec/model'
import { openStream } from '../bridge/stream'
import type { OpenPort } from './terminal-port'

/** What a view of a session tells besides bytes. */
export interface SessionListener {
  readonly onMark: (mark: SessionMark) => void
  /** All that was kept is there; `cut`: the oldest of it is not kept any more. */
  readonly onLive: (cut: boolean) => void
  readonly onError: (error: ErrorData) => void
}

/** The far end of a session's terminal: the bridge's stream. */
export function portOfSession(
  session: { readonly endpointId: string; readonly sessionId: string },
  { onMark, onLive, onError }: SessionListener
): OpenPort {
  return (size, creditBytes, listener) => {
    const client = openStream('exec.view', { ...session, ...size }, creditBytes, {
      onData: (message) => {
        if (message instanceof Uint8Array) return listener.onData(message)
        // A message that is no bytes costs one credit.
        client.grant(1)
        if ('mark' in message) onMark(message.mark)
        else onLive(message.cut)
      },
      onEnd: listener.onEnd,
      onError: (error) => {
        listener.onEnd()
        onError(error)
      }
    })
    return {
      send: (bytes) => client.send(bytes),
      resize: (columns, rows) => client.send({ columns, rows }),
      grant: client.grant,
      close: client.close
    }
  }
}
