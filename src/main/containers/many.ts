import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import { eachOf } from './each'
import { inspectContainer } from './operations'

/** Inspections at once: the engine answers them side by side. */
const AT_ONCE = 8
/** Ids in one filter, so that its URL stays short. */
const IDS_A_REQUEST = 100

/**
 * Those of the containers that the engine removes by itself as soon as they end (`docker run --rm`); a listing does not tell. One that
 * is gone is left out. Source: `HostConfig.AutoRemove` of `GET /containers/{id}/json`.
 */
export async function removedByEnding(engine: Engine, ids: readonly string[]): Promise<string[]> {
  const found: string[] = []
  await eachOf(ids, AT_ONCE, async (id) => {
    try {
      const { HostConfig } = (await inspectContainer(engine, id)) as {
        readonly HostConfig?: { readonly AutoRemove?: boolean }
      }
      if (HostConfig?.AutoRemove) found.push(id)
    } catch (thrown) {
      if (!(thrown instanceof PortolanError) || thrown.code !== 'not-found') throw thrown
    }
  })
  return found
}

/**
 * Bytes of the writable layers, by id; one that is gone is left out. The engine reads every file of these containers for it.
 * Source: `SizeRw` of `GET /containers/json?size=1`.
 */
export async function layerSizes(
  engine: Engine,
  ids: readonly string[]
): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {}
  for (let at = 0; at < ids.length; at += IDS_A_REQUEST) {
    const infos = await engine.do({ operation: 'containers.layerSizes' }, (docker) =>
      docker.listContainers({
        all: true,
        size: true,
        filters: { id: ids.slice(at, at + IDS_A_REQUEST) }
      })
    )
    // An engine leaves the field out of a layer that holds nothing.
    for (const { Id, SizeRw } of infos as readonly { Id: string; SizeRw?: number }[])
      sizes[Id] = SizeRw ?? 0
  }
  return sizes
}
