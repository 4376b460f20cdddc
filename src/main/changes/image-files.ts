import { HELPER_LABEL } from '../../shared/reachability/helper'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/**
 * Gives `read` a container of an image, in which the image's files can be read. It is never started, has no network and makes no
 * volume (places that the image declares as volumes are memory in it), and is gone when this settles; one that a crash leaves behind
 * is swept at the next connect, by its label.
 * Source: `POST /containers/create`, `DELETE /containers/{id}`. Errors: `not-found` (the image is gone), as `Engine.do`.
 */
export async function withImageFiles<T>(
  engine: Engine,
  doing: Doing,
  imageId: string,
  read: (containerId: string) => Promise<T>
): Promise<T> {
  const container = await engine.do(doing, async (docker) => {
    const { Config } = await docker.getImage(imageId).inspect()
    return docker.createContainer({
      Image: imageId,
      // Some command must be named where the image has none.
      Entrypoint: [],
      Cmd: ['never-started'],
      Labels: { [HELPER_LABEL]: 'image-files' },
      HostConfig: {
        NetworkMode: 'none',
        LogConfig: { Type: 'none', Config: {} },
        Mounts: Object.keys(Config.Volumes ?? {}).map((Target) => ({
          Type: 'tmpfs',
          Source: '',
          Target
        }))
      }
    })
  })
  try {
    return await read(container.id)
  } finally {
    await engine.do(doing, () => container.remove({ force: true, v: false }))
  }
}
