import { writeFile } from 'node:fs/promises'
import { networkCommands } from '../../shared/networks/command'
import type { networks } from '../../shared/networks/contract'
import { networkHandle, type Network } from '../../shared/networks/model'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import { createNetwork, readSurroundings } from './create'
import * as operations from './operations'

function networksOf(endpointId: string, context: HandlerContext): Network[] {
  return context.state.rows('networks').filter((network) => network.endpointId === endpointId)
}

function networkName(endpointId: string, networkId: string, context: HandlerContext): string {
  const networks = networksOf(endpointId, context)
  const network = networks.find(({ id }) => id === networkId)
  return network ? networkHandle(network, networks) : networkId.slice(0, 12)
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
      createNetwork(context.engine(endpointId), network)
    ),
  surroundings: ({ endpointId }, context) =>
    readSurroundings(context.engine(endpointId), networksOf(endpointId, context)),
  removeMany: ({ endpointId, networkIds }, context) => {
    const gone = networkIds.map((id) => ({ id, name: networkName(endpointId, id, context) }))
    return context.history.echo(
      endpointId,
      networkCommands.remove(...gone.map(({ name }) => name)),
      () => operations.removeNetworks(context.engine(endpointId), gone)
    )
  },
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
    ),
  saveChart: async ({ title, kind, bytes }, { desktop }) => {
    const path = await desktop.chooseSavePath({
      title,
      defaultName: `chart.${kind}`,
      kinds: [{ name: kind.toUpperCase(), extensions: [kind] }]
    })
    if (path !== null) await writeFile(path, bytes)
    return path !== null
  }
}
