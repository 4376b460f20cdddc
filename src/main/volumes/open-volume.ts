import { VOLUME_ROOT } from '../../shared/volumes/helper-command'
import type { HandlerContext } from '../bridge/context'
import type { Engine } from '../engine/engine'
import { SILENT, withVolume, type Echo, type HelperImage, type MountedVolume } from './mounted'

/** The image that helpers on an engine are made from; `resourcesFolder` is where the app's own lies. */
export type HelperImageOf = (engine: Engine, resourcesFolder: string) => ReturnType<HelperImage>

/** How a volume is opened. */
interface Access {
  readonly access: 'read' | 'write'
  /** `feature.verb`, for the errors. */
  readonly operation: string
  /** Whether the docker commands that open and close it are shown. */
  readonly isEchoed?: boolean
}

/** Opens a volume, as {@link openVolumeWith} makes it. */
export type OpenVolume = ReturnType<typeof openVolumeWith>

/** Opens volumes for handlers: with the engine's helper image, and the command echo. */
export function openVolumeWith(helperImage: HelperImageOf) {
  return <T>(
    context: HandlerContext,
    target: { readonly endpointId: string; readonly volume: string },
    { isEchoed = false, ...access }: Access,
    work: (open: MountedVolume & { readonly root: string }) => Promise<T>
  ): Promise<T> => {
    const { endpointId, volume } = target
    const echo: Echo = isEchoed
      ? (command, act) => context.history.echo(endpointId, command, act)
      : SILENT
    const image = (engine: Engine) => helperImage(engine, context.resourcesFolder)
    return withVolume(context.engine(endpointId), { volume, image, echo, ...access }, (mounted) =>
      work({ ...mounted, root: VOLUME_ROOT })
    )
  }
}
