import { containerCommands } from '../../shared/containers/command'
import type { containers } from '../../shared/containers/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
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

export const containerHandlers: HandlersOf<typeof containers> = {
  start: (input, context) =>
    context.history.echo(input.endpointId, containerCommands.start(nameOf(input, context)), () =>
      operations.startContainer(context.engine(input.endpointId), input.containerId)
    ),
  stop: (input, context) =>
    context.history.echo(
      input.endpointId,
      containerCommands.stop(nameOf(input, context), input.graceSeconds),
      () =>
        operations.stopContainer(
          context.engine(input.endpointId),
          input.containerId,
          input.graceSeconds
        )
    ),
  restart: (input, context) =>
    context.history.echo(
      input.endpointId,
      containerCommands.restart(nameOf(input, context), input.graceSeconds),
      () =>
        operations.restartContainer(
          context.engine(input.endpointId),
          input.containerId,
          input.graceSeconds
        )
    ),
  kill: (input, context) =>
    context.history.echo(
      input.endpointId,
      containerCommands.kill(nameOf(input, context), input.signal),
      () =>
        operations.killContainer(context.engine(input.endpointId), input.containerId, input.signal)
    ),
  pause: (input, context) =>
    context.history.echo(input.endpointId, containerCommands.pause(nameOf(input, context)), () =>
      operations.pauseContainer(context.engine(input.endpointId), input.containerId)
    ),
  unpause: (input, context) =>
    context.history.echo(input.endpointId, containerCommands.unpause(nameOf(input, context)), () =>
      operations.unpauseContainer(context.engine(input.endpointId), input.containerId)
    ),
  remove: (input, context) =>
    context.history.echo(
      input.endpointId,
      containerCommands.remove(nameOf(input, context), input.force),
      () =>
        operations.removeContainer(context.engine(input.endpointId), input.containerId, input.force)
    ),
  inspect: (input, context) =>
    operations.inspectContainer(context.engine(input.endpointId), input.containerId)
}
