import { writeFile } from 'node:fs/promises'
import type { execContract } from '../../shared/exec/contract'
import { rowKey } from '../../shared/state'
import type { HandlersOf } from '../bridge/handlers'
import { sessionsOf } from './sessions'

export const execHandlers: HandlersOf<typeof execContract> = {
  open: async (input, context) => sessionsOf(context).open({ kind: 'exec', ...input }),
  attach: async (input, context) => sessionsOf(context).open({ kind: 'attach', ...input }),
  again: ({ sessionId }, context) => sessionsOf(context).get(sessionId).again(),
  close: ({ sessionId }, context) => sessionsOf(context).get(sessionId).close(),
  dismiss: async ({ sessionId }, context) => sessionsOf(context).dismiss(sessionId),
  save: async ({ endpointId, sessionId, title, text }, { state, desktop }) => {
    const name = state.get('sessions', rowKey({ endpointId, id: sessionId }))?.containerName
    const path = await desktop.chooseSavePath({
      title,
      defaultName: `${name ?? 'terminal'}.txt`,
      kinds: [{ name: 'Text', extensions: ['txt', 'log'] }]
    })
    if (path !== null) await writeFile(path, text)
    return path !== null
  },
  view: async ({ sessionId, columns, rows }, stream, context) => {
    await sessionsOf(context).get(sessionId).view(stream, { columns, rows })
    return null
  }
}
