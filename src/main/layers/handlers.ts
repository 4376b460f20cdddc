import { layersCommands } from '../../shared/layers/command'
import { imageName, shortId } from '../../shared/images/model'
import type { layers } from '../../shared/layers/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import { filesOf, readFiles, summaryOf } from './opened'
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
  sharing: ({ endpointId, imageId }, context) => findSharing(context.engine(endpointId), imageId),
  read: async (input, context) => {
    const { endpointId, imageId } = input
    const engine = context.engine(endpointId)
    const name = nameOf(input, context)
    const sizeBytes = context.state.get('images', `${endpointId}/${imageId}`)?.sizeBytes ?? 0
    const taskId = context.tasks.start(
      {
        endpointId,
        kind: 'layers.read',
        title: name,
        subject: { kind: 'image', id: imageId, name },
        key: imageId
      },
      (control) =>
        context.history.echo(endpointId, layersCommands.read(name), () =>
          readFiles(engine, imageId, control.signal, ({ readBytes }) =>
            // The archive has a little more than the files.
            control.progress({ fraction: Math.min(0.99, readBytes / (sizeBytes * 1.02 + 1e6)) })
          )
        )
    )
    return { taskId }
  },
  summary: async (image) => summaryOf(image) ?? null,
  folder: async ({ view, node, ...image }) => filesOf(image).ask({ kind: 'folder', view, node }),
  find: async ({ view, text, ...image }) => filesOf(image).ask({ kind: 'find', view, text })
}
