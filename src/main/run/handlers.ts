import { createCommand } from '../../shared/run/command'
import type { run } from '../../shared/run/contract'
import type { HandlersOf } from '../bridge/handlers'
import { createContainer, describeContainer, prepareCreate } from './operations'

export const runHandlers: HandlersOf<typeof run> = {
  create: async ({ endpointId, spec }, context) => {
    const engine = context.engine(endpointId)
    const request = await prepareCreate(engine, spec, process.env)
    return context.history.echo(
      endpointId,
      createCommand(spec, request.connect, spec.name ?? 'CONTAINER'),
      () => createContainer(engine, spec, request),
      ({ name }) => createCommand(spec, request.connect, name)
    )
  },
  describe: ({ endpointId, containerId, anonymousVolumes }, context) =>
    describeContainer(context.engine(endpointId), containerId, { anonymousVolumes })
}
