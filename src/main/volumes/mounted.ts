import { randomBytes } from 'node:crypto'
import { PortolanError } from '../../shared/bridge/errors'
import { HELPER_LABEL } from '../../shared/reachability/helper'
import { helperCommands, VOLUME_ROOT } from '../../shared/volumes/helper-command'
import type { Engine } from '../engine/engine'
import { keepsBusy } from './busy'
import { doingTo, inspectVolume } from './operations'

/** Gives an image that the engine has, to make a helper from; it need not run. Errors: `unsupported` where there is none. */
export type HelperImage = (engine: Engine) => Promise<{
  readonly reference: string
  /** Places that the image declares as volumes: they become memory in the helper, so that no volume is made for them. */
  readonly volumePaths: readonly string[]
}>

/** Runs what a docker command says, and shows the command. */
export type Echo = <T>(command: readonly string[] | string, act: () => Promise<T>) => Promise<T>

/** Shows nothing: for who only looks. */
export const SILENT: Echo = (_command, act) => act()

/** A volume, by a container that has it mounted and is never started. */
export interface MountedVolume {
  readonly containerId: string
  readonly containerName: string
}

interface MountOptions {
  readonly volume: string
  readonly access: 'read' | 'write'
  /** `feature.verb`, for the errors. */
  readonly operation: string
  readonly image: HelperImage
  readonly echo: Echo
}

/**
 * Gives `work` a container that has a volume mounted at {@link VOLUME_ROOT}, read-only unless it is to be written. It is never started,
 * has no network, and is gone when this settles; one that a crash leaves behind is swept at the next connect, by its label. The volume
 * stays, whatever happens.
 * Source: `POST /containers/create`, `DELETE /containers/{id}`. Errors: `not-found` (no such volume), `unsupported` (no image).
 */
export function withVolume<T>(
  engine: Engine,
  options: MountOptions,
  work: (mounted: MountedVolume) => Promise<T>
): Promise<T> {
  return keepsBusy(engine, options.volume, mountAndUse(engine, options, work))
}

async function mountAndUse<T>(
  engine: Engine,
  { volume, access, operation, image, echo }: MountOptions,
  work: (mounted: MountedVolume) => Promise<T>
): Promise<T> {
  const doing = doingTo(volume, operation)
  // Creating a container makes a volume that is missing.
  await inspectVolume(engine, volume, operation)
  const { reference, volumePaths } = await image(engine)
  const containerName = `portolan-volume-${randomBytes(4).toString('hex')}`
  const containerId = await echo(
    helperCommands.create({ name: containerName, image: reference, volume, access }),
    () =>
      engine.do(doing, async (docker) => {
        const { id } = await docker.createContainer({
          name: containerName,
          Image: reference,
          // Some command must be named where the image has none.
          Cmd: ['never-started'],
          Labels: { [HELPER_LABEL]: 'volume' },
          HostConfig: {
            NetworkMode: 'none',
            LogConfig: { Type: 'none', Config: {} },
            Mounts: [
              { Type: 'volume', Source: volume, Target: VOLUME_ROOT, ReadOnly: access === 'read' },
              ...volumePaths.map((Target) => ({ Type: 'tmpfs', Source: '', Target }) as const)
            ]
          }
        })
        return id
      })
  )
  try {
    return await work({ containerId, containerName })
  } finally {
    await echo(helperCommands.remove(containerName), () => removeHelper(engine, containerId))
  }
}

async function removeHelper(engine: Engine, id: string): Promise<void> {
  try {
    // Never `v`: a volume that nobody named may be the one that is looked at.
    await engine.do<unknown>({ operation: 'volumes.removeHelper' }, (docker) =>
      docker.getContainer(id).remove({ force: true, v: false })
    )
  } catch (thrown) {
    // Swept by a connect at this moment, or the engine is gone: the next connect sweeps.
    const known = ['not-found', 'conflict', 'engine-unreachable']
    if (!(thrown instanceof PortolanError) || !known.includes(thrown.code)) throw thrown
  }
}
