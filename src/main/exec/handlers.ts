import { PortolanError } from '../../shared/bridge/errors'
import { shellCommand } from '../../shared/exec/command'
import type { execContract } from '../../shared/exec/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { StateStore } from '../bridge/state-store'
import { openShell } from './operations'
import type { ShellSession } from './session'

/** A pasted book may wait for the shell to read it; a window that sends more than this is broken. */
const MAX_QUEUED_BYTES = 16 * 1024 * 1024

export const execHandlers: HandlersOf<typeof execContract> = {
  shell: async ({ endpointId, ...options }, stream, context) => {
    const key = `${endpointId}/${options.containerId}`
    const container = context.state.get('containers', key)?.name ?? options.containerId.slice(0, 12)
    const session = await context.history.echo(
      endpointId,
      shellCommand({ ...options, container }),
      () => openShell(context.engine(endpointId), options),
      ({ shell }) => shellCommand({ ...options, container, shell })
    )
    // Closing the stream ends the process in the container: the shell belongs to its tab.
    const close = (): Promise<void> => closeForSure(session, key, context)
    if (stream.signal.aborted) return close().then(() => session.ended)
    stream.signal.addEventListener('abort', () => void close(), { once: true })
    stream.onUp(takeInput(session, context))
    try {
      for await (const chunk of session.output) await stream.send(chunk as Uint8Array)
      return await session.ended
    } finally {
      await close()
    }
  }
}

/** Passes keys and sizes to the shell, keys in their order and no faster than it takes them. */
function takeInput(
  session: ShellSession,
  context: HandlerContext
): (message: Uint8Array | { readonly columns: number; readonly rows: number }) => void {
  let queuedBytes = 0
  let writing = Promise.resolve()
  return (message) => {
    if (!(message instanceof Uint8Array)) {
      session
        .resize(message.columns, message.rows)
        .catch((error: unknown) => context.report('exec.resize', error))
      return
    }
    queuedBytes += message.byteLength
    if (queuedBytes > MAX_QUEUED_BYTES) {
      context.report('exec.shell', new Error('the shell does not read what is typed'))
      void session.close().catch(() => undefined)
      return
    }
    writing = writing
      .then(() => session.write(message))
      .finally(() => (queuedBytes -= message.byteLength))
  }
}

/**
 * Closes a shell, and waits where it cannot be done now: a paused container, an engine that is away. As soon as the state shows a
 * change of the container, or the engine connected again, it is tried again.
 */
async function closeForSure(
  session: ShellSession,
  key: string,
  context: HandlerContext
): Promise<void> {
  for (;;) {
    // Listening from before the attempt, so that what happens during it is not missed.
    const chance = nextChance(context.state, key)
    try {
      await session.close()
      chance.forget()
      return
    } catch (thrown) {
      const code = thrown instanceof PortolanError ? thrown.code : 'internal'
      if (code !== 'conflict' && code !== 'engine-unreachable') {
        chance.forget()
        context.report('exec.close', thrown)
        return
      }
      await chance.comes
    }
  }
}

function nextChance(
  state: StateStore,
  key: string
): { readonly comes: Promise<void>; readonly forget: () => void } {
  let forget: () => void = () => undefined
  const comes = new Promise<void>((resolve) => {
    forget = state.subscribe(({ tables }) => {
      const container = tables.containers
      const changed =
        container?.removes.includes(key) === true ||
        container?.upserts.some(({ endpointId, id }) => `${endpointId}/${id}` === key) === true
      const connected = tables.endpoints?.upserts.some(
        ({ id, status }) => status === 'connected' && key.startsWith(`${id}/`)
      )
      if (!changed && !connected) return
      forget()
      resolve()
    })
  })
  return { comes, forget }
}
