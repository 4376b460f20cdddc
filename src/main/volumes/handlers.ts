import { FIRST_BUDGET_BYTES } from '../../shared/files/model'
import { volumeCommands } from '../../shared/volumes/command'
import type { volumes } from '../../shared/volumes/contract'
import type { HandlersOf } from '../bridge/handlers'
import { lookThrough } from './contents'
import { volumeCopies } from './copies'
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
    backUp: async ({ endpointId, name, expectedBytes }, context) => {
      const defaultName = `${name}-${day(new Date())}.tar.gz`
      const local = await context.desktop.chooseSavePath({ title: name, defaultName })
      if (local === null) return null
      const copies = volumeCopies(context, endpointId, openVolume)
      return { taskId: copies.backUp(name, local, expectedBytes) }
    },
    chooseArchive: async (_input, { desktop }) => {
      const [path] = await desktop.choosePaths({ title: 'Portolan', what: 'file' })
      return path ?? null
    },
    restore: async ({ endpointId, name, localPath, isNew }, context) => ({
      taskId: volumeCopies(context, endpointId, openVolume).restore(name, localPath, isNew)
    }),
    clone: async ({ endpointId, name, to, expectedBytes }, context) => ({
      taskId: volumeCopies(context, endpointId, openVolume).clone(name, to, expectedBytes)
    }),
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

/** A date as file names have it. */
function day(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
