import { imageCommands } from '../../shared/images/command'
import type { images } from '../../shared/images/contract'
import type { HandlersOf } from '../bridge/handlers'
import * as operations from './operations'
import { pullHandler } from './pull-handler'
import { pushHandler } from './push-handler'
import { tagImage } from './tag'

export const imageHandlers: HandlersOf<typeof images> = {
  remove: (input, context) =>
    context.history.echo(input.endpointId, imageCommands.remove(input.reference, input.force), () =>
      operations.removeImage(context.engine(input.endpointId), input.reference, input.force)
    ),
  inspect: (input, context) =>
    operations.inspectImage(context.engine(input.endpointId), input.imageId),
  pull: pullHandler,
  tag: (input, context) =>
    context.history.echo(input.endpointId, imageCommands.tag(input.source, input.reference), () =>
      tagImage(context.engine(input.endpointId), input.source, input.reference)
    ),
  push: pushHandler
}
