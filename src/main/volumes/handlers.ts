import { FIRST_BUDGET_BYTES } from '../../shared/files/model'
import { volumeCommands } from '../../shared/volumes/command'
import type { volumes } from '../../shared/volumes/contract'
import type { HandlersOf } from '../bridge/handlers'
import { lookThrough } from './contents'
import { lastUsesOf } from './last-uses'
import { type HelperImageOf, openVolumeWith } from './open-volume'
import * as operations from './operations'

/** `helperImage` gives the image that helpers are made from. */
export function volumeHandlers(helperImage: HelperImageOf): HandlersOf<typeof volumes> {
  const openVolume = openVolumeWith(helperImage)
  return {
    inspect: ({ endpointId, name }, context) =>
      operations.inspectVolume(context.engine(endpointId), name),
    sizes: ({ endpointId }, context) => operations.measureVolumes(context.engine(endpointId)),
    create: ({ endpointId, volume }, context) =>
      context.history.echo(endpointId, volumeCommands.create(volume), () =>
        operations.createVolume(context.engine(endpointId), volume)
      ),
    remove: ({ endpointId, name }, context) =>
      context.history.echo(endpointId, volumeCommands.remove(name), () =>
        operations.removeVolume(context.engine(endpointId), name)
      ),
    lastUses: async ({ endpointId }, context) => lastUsesOf(context).on(endpointId),
    contents: ({ endpointId, name: volume, budgetBytes: bytes }, { send, signal }, context) => {
      const access = { access: 'read', operation: 'volumes.contents' } as const
      return openVolume(context, { endpointId, volume }, access, ({ containerId }) => {
        const budget = { bytes, ms: Math.max(2000, (5000 * bytes) / FIRST_BUDGET_BYTES) }
        return lookThrough(context.engine(endpointId), containerId, budget, send, signal)
      })
    }
  }
}
