import { layersCommands } from '../../shared/layers/command'
import { imageName, shortId } from '../../shared/images/model'
import type { layers } from '../../shared/layers/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import * as operations from './operations'
import { findSharing } from './sharing'

interface Target {
  readonly endpointId: string
  readonly imageId: string
}

/** What a person calls the image. */
function nameOf({ endpointId, imageId }: Target, context: HandlerContext): string {
  const row = context.state.get('images', `${endpointId}/${imageId}`)
  return row ? imageName(row) : shortId(imageId)
}

export const layersHandlers: HandlersOf<typeof layers> = {
  list: (input, context) =>
    context.history.echo(input.endpointId, layersCommands.history(nameOf(input, context)), () =>
      operations.listStrata(context.engine(input.endpointId), input.imageId)
    ),
  sharing: ({ endpointId, imageId }, context) => findSharing(context.engine(endpointId), imageId)
}
