import { containerCommands } from '../../shared/containers/command'
import type { containers } from '../../shared/containers/contract'
import type { LimitsChange } from '../../shared/containers/limits'
import { updateCommand } from '../../shared/containers/limits-command'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { Engine } from '../engine/engine'
import { startBulk } from './bulk'
import { updateContainer } from './limits'
import { layerSizes, removedByEnding } from './many'
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

/** A handler that does a verb and echoes its command. */
function echoed<Input extends Target, Output>(
  command: (name: string, input: Input) => string[],
  act: (engine: Engine, input: Input) => Promise<Output>
): (input: Input, context: HandlerContext) => Promise<Output> {
  return (input, context) =>
    context.history.echo(input.endpointId, command(nameOf(input, context), input), () =>
      act(context.engine(input.endpointId), input)
    )
}

export const containerHandlers: HandlersOf<typeof containers> = {
  start: echoed(
    (name) => containerCommands.start(name),
    (engine, { containerId }) => operations.startContainer(engine, containerId)
  ),
  stop: echoed(
    (name, { graceSeconds }) => containerCommands.stop(name, graceSeconds),
    (engine, { containerId, graceSeconds }) =>
      operations.stopContainer(engine, containerId, graceSeconds)
  ),
  restart: echoed(
    (name, { graceSeconds }) => containerCommands.restart(name, graceSeconds),
    (engine, { containerId, graceSeconds }) =>
      operations.restartContainer(engine, containerId, graceSeconds)
  ),
  kill: echoed(
    (name, { signal }) => containerCommands.kill(name, signal),
    (engine, { containerId, signal }) => operations.killContainer(engine, containerId, signal)
  ),
  pause: echoed(
    (name) => containerCommands.pause(name),
    (engine, { containerId }) => operations.pauseContainer(engine, containerId)
  ),
  unpause: echoed(
    (name) => containerCommands.unpause(name),
    (engine, { containerId }) => operations.unpauseContainer(engine, containerId)
  ),
  remove: echoed(
    (name, { force }) => containerCommands.remove(name, force),
    (engine, { containerId, force }) => operations.removeContainer(engine, containerId, force)
  ),
  update: echoed(
    (name, input: Target & LimitsChange) => updateCommand(name, input),
    (engine, input) => updateContainer(engine, input.containerId, input)
  ),
  rename: echoed(
    (oldName, { name }: Target & { readonly name: string }) =>
      containerCommands.rename(oldName, name),
    (engine, { containerId, name }) => operations.renameContainer(engine, containerId, name)
  ),
  bulk: async ({ endpointId, containerIds, ...work }, context) =>
    startBulk(
      containerIds.map((containerId) => ({
        containerId,
        name: nameOf({ endpointId, containerId }, context)
      })),
      work,
      endpointId,
      context
    ),
  removedByEnding: ({ endpointId, containerIds }, context) =>
    removedByEnding(context.engine(endpointId), containerIds),
  layerSizes: ({ endpointId, containerIds }, context) =>
    layerSizes(context.engine(endpointId), containerIds),
  inspect: ({ endpointId, containerId, withSize }, context) =>
    operations.inspectContainer(context.engine(endpointId), containerId, withSize)
}
