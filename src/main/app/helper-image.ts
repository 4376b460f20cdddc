import { join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import { isHelper } from '../../shared/reachability/helper'
import type { Engine } from '../engine/engine'
import { buildProbeImage, ensureProbeImage } from '../reachability/probe-image'

/** An image that a helper container can be made from. */
interface HelperImage {
  readonly reference: string
  /** Places that it declares as volumes. */
  readonly volumePaths: readonly string[]
}

/**
 * An image for a helper that never runs: the probe's, which comes with the app and is loaded where it is missing; on an engine of
 * another architecture any image that it has. Errors: `unsupported` where it has none.
 */
export async function helperImage(engine: Engine, resourcesFolder: string): Promise<HelperImage> {
  try {
    const probe = await buildProbeImage(join(resourcesFolder, 'probe'), engine.info.arch)
    await ensureProbeImage(engine, probe)
    return { reference: probe.reference, volumePaths: [] }
  } catch (thrown) {
    if (!(thrown instanceof PortolanError) || thrown.code !== 'unsupported') throw thrown
    return anyImage(engine)
  }
}

async function anyImage(engine: Engine): Promise<HelperImage> {
  return engine.do({ operation: 'app.helperImage' }, async (docker) => {
    const images = await docker.listImages()
    const [first] = images.filter((image) => !isHelper({ labels: image.Labels ?? {} }))
    if (!first) {
      throw new PortolanError({
        code: 'unsupported',
        message: 'This engine has no image, and Portolan’s own was not built for its machine.',
        hint: 'Pull any image: its files are reached through a container of it that never runs.'
      })
    }
    const { Config } = await docker.getImage(first.Id).inspect()
    return { reference: first.Id, volumePaths: Object.keys(Config.Volumes ?? {}) }
  })
}
