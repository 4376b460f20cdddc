import { cleanupCommands } from '../../shared/cleanup/command'
import type { cleanup } from '../../shared/cleanup/contract'
import type { HandlersOf } from '../bridge/handlers'
import { findChildren, readUsage, removeImages } from './operations'

export const cleanupHandlers: HandlersOf<typeof cleanup> = {
  usage: ({ endpointId }, context) => readUsage(context.engine(endpointId)),
  children: ({ endpointId, imageIds }, context) =>
    findChildren(context.engine(endpointId), imageIds),
  removeImages: ({ endpointId, references, force }, context) =>
    context.history.echo(endpointId, cleanupCommands.removeImages(references, force), () =>
      removeImages(context.engine(endpointId), references, force)
    )
}
