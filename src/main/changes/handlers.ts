import { changesCommands } from '../../shared/changes/command'
import type { changes } from '../../shared/changes/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import { comparePath } from './compare'
import { draftFor } from './draft'
import * as operations from './operations'

interface Target {
  readonly endpointId: string
  readonly containerId: string
}

/** What a person calls the container: its name, or its short id once it is gone. */
function nameOf({ endpointId, containerId }: Target, context: HandlerContext): string {
  return (
    context.state.get('containers', `${endpointId}/${containerId}`)?.name ??
    containerId.slice(0, 12)
  )
}

export const changesHandlers: HandlersOf<typeof changes> = {
  list: (input, context) =>
    context.history.echo(input.endpointId, changesCommands.list(nameOf(input, context)), () =>
      operations.listChanges(context.engine(input.endpointId), input.containerId)
    ),
  stat: ({ endpointId, containerId, paths }, context) =>
    operations.statPaths(context.engine(endpointId), containerId, paths),
  compare: ({ endpointId, containerId, path }, context) =>
    comparePath(context.engine(endpointId), containerId, path),
  draftDockerfile: ({ endpointId, containerId }, context) => {
    const row = context.state.get('containers', `${endpointId}/${containerId}`)
    return draftFor(context.engine(endpointId), containerId, row?.image ?? 'scratch')
  },
  commit: async (input, context) => {
    const { endpointId, containerId, ...options } = input
    const line = changesCommands.commit({ container: nameOf(input, context), ...options })
    const imageId = await context.history.echo(endpointId, line, () =>
      operations.commitContainer(context.engine(endpointId), containerId, options)
    )
    return { imageId }
  }
}
