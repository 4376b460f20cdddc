import { shellCommand } from '../../shared/exec/command'
import type { execContract } from '../../shared/exec/contract'
import type { HandlersOf } from '../bridge/handlers'
import { openShell } from './operations'

/** A pasted book may wait for the shell to read it; a window that sends more than this is broken. */
const MAX_QUEUED_BYTES = 16 * 1024 * 1024

export const execHandlers: HandlersOf<typeof execContract> = {
  shell: async (input, stream, context) => {
    const row = context.state.get('containers', `${input.endpointId}/${input.containerId}`)
    const { endpointId, ...options } = input
    const argv = shellCommand({
      ...options,
      container: row?.name ?? input.containerId.slice(0, 12)
    })
    const session = await context.history.echo(endpointId, argv, () =>
      openShell(context.engine(endpointId), options)
    )
    // Closing the stream ends the process in the container: the shell belongs to its tab.
    const close = (): void => {
      session.close().catch((error: unknown) => context.report('exec.shell', error))
    }
    if (stream.signal.aborted) close()
    else stream.signal.addEventListener('abort', close, { once: true })
    let queuedBytes = 0
    let writing = Promise.resolve()
    stream.onUp((message) => {
      if (!(message instanceof Uint8Array)) {
        session
          .resize(message.columns, message.rows)
          .catch((error: unknown) => context.report('exec.resize', error))
        return
      }
      queuedBytes += message.byteLength
      if (queuedBytes > MAX_QUEUED_BYTES) {
        close()
        return
      }
      writing = writing
        .then(() => session.write(message))
        .finally(() => (queuedBytes -= message.byteLength))
    })
    for await (const chunk of session.output) await stream.send(chunk as Uint8Array)
    const end = await session.ended
    await session.close()
    return end
  }
}
