import { networkCommands } from '../../shared/networks/command'
import type { networks } from '../../shared/networks/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import * as operations from './operations'

function networkName(endpointId: string, networkId: string, context: HandlerContext): string {
  return context.state.get('networks', `${endpointId}/${networkId}`)?.name ?? networkId.slice(0, 12)
}

function containerName(endpointId: string, containerId: string, context: HandlerContext): string {
  return (
    context.state.get('containers', `${endpointId}/${containerId}`)?.name ??
    containerId.slice(0, 12)
  )
}

export const networkHandlers: HandlersOf<typeof networks> = {
  inspect: ({ endpointId, networkId }, context) =>
    operations.inspectNetwork(context.engine(endpointId), networkId),
  create: ({ endpointId, network }, context) =>
    context.history.echo(endpointId, networkCommands.create(network), () =>
      operations.createNetwork(context.engine(endpointId), network)
    ),
  remove: ({ endpointId, networkId }, context) =>
    context.history.echo(
      endpointId,
      networkCommands.remove(networkName(endpointId, networkId, context)),
      () => operations.removeNetwork(context.engine(endpointId), networkId)
    ),
  connect: ({ endpointId, ...options }, context) =>
    context.history.echo(
      endpointId,
      networkCommands.connect(
        networkName(endpointId, options.networkId, context),
        containerName(endpointId, options.containerId, context),
        options
      ),
      () => operations.connectNetwork(context.engine(endpointId), options)
    ),
  disconnect: ({ endpointId, ...options }, context) =>
    context.history.echo(
      endpointId,
      networkCommands.disconnect(
        networkName(endpointId, options.networkId, context),
        containerName(endpointId, options.containerId, context),
        options.force
      ),
      () => operations.disconnectNetwork(context.engine(endpointId), options)
    )
}
