import { toHistory, toImageDetails, type HistoryEntry } from '../../shared/images/details'
import type { Stratum } from '../../shared/layers/model'
import { toStrata } from '../../shared/layers/strata'
import type { Engine } from '../engine/engine'

/** An image's history joined with its layers, the lowest first. Source: `GET /images/{name}/history`. Errors: `not-found`. */
export async function listStrata(engine: Engine, imageId: string): Promise<Stratum[]> {
  const [history, inspected] = await Promise.all([
    readHistory(engine, imageId),
    engine.do(doing('layers.list', imageId), (docker) => docker.getImage(imageId).inspect())
  ])
  return toStrata(history, toImageDetails(inspected).layerDigests)
}

/** An image's history, the lowest first. Source: `GET /images/{name}/history`. Errors: `not-found`. */
export async function readHistory(engine: Engine, imageId: string): Promise<HistoryEntry[]> {
  return toHistory(
    await engine.do(doing('layers.list', imageId), (docker) => docker.getImage(imageId).history())
  )
}

function doing(operation: string, id: string) {
  return { operation, subject: { kind: 'image', id } } as const
}
