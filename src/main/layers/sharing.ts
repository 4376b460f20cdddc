import { toImageDetails } from '../../shared/images/details'
import { compareLayers, isBeginning } from '../../shared/layers/sharing'
import type { LayerSharing } from '../../shared/layers/model'
import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readHistory } from './operations'

/** Inspections at once: an engine answers one in a few milliseconds, and has other things to do. */
const AT_ONCE = 6
/** Images whose layers are remembered. An id stands for the same layers for ever, on every engine. */
const MOST_KNOWN = 20_000
/** Images that may be the base, of which the history is read to tell. */
const MOST_HISTORIES = 12

const known = new Map<string, readonly string[]>()

/**
 * Which other images on the engine begin with the same layers, and which of them is the base. The first time, each image is
 * inspected once.
 * Source: `GET /images/json`, `GET /images/{name}/json`, `GET /images/{name}/history`. Errors: `not-found` for the image itself.
 */
export async function findSharing(engine: Engine, imageId: string): Promise<LayerSharing> {
  const doing: Doing = { operation: 'layers.sharing', subject: { kind: 'image', id: imageId } }
  const own = await layersOf(engine, doing, imageId)
  const listed = await engine.do(doing, (docker) => docker.listImages())
  const others = listed.filter(({ Id }) => Id !== imageId)
  const layers = new Map<string, readonly string[]>()
  await each(others, async ({ Id }) => {
    const digests = await unlessGone(() => layersOf(engine, doing, Id))
    if (digests) layers.set(Id, digests)
  })
  const images = compareLayers(own, layers)
  const base = await findBase(engine, imageId, own.length, images, isTagged(others))
  return { images, ...(base && { base }) }
}

async function findBase(
  engine: Engine,
  imageId: string,
  ownLayers: number,
  images: LayerSharing['images'],
  isTagged: (id: string) => boolean
): Promise<LayerSharing['base']> {
  const candidates = images
    .filter(({ layers, ofLayers }) => layers === ofLayers && layers <= ownLayers)
    .toSorted(
      (a, b) => b.layers - a.layers || Number(isTagged(b.imageId)) - Number(isTagged(a.imageId))
    )
    .slice(0, MOST_HISTORIES)
  if (candidates.length === 0) return undefined
  const own = await readHistory(engine, imageId)
  let base: LayerSharing['base']
  for (const { imageId: id, layers } of candidates) {
    if (base && layers < base.layers) break
    const history = await unlessGone(() => readHistory(engine, id))
    if (!history || history.length <= (base?.entries ?? 0)) continue
    if (history.length < own.length && isBeginning(history, own))
      base = { imageId: id, layers, entries: history.length }
  }
  return base
}

function isTagged(
  images: readonly {
    readonly Id: string
    readonly RepoTags?: readonly string[] | null | undefined
  }[]
): (id: string) => boolean {
  const tagged = new Set(images.filter(({ RepoTags }) => RepoTags?.[0]).map(({ Id }) => Id))
  return (id) => tagged.has(id)
}

async function layersOf(engine: Engine, doing: Doing, id: string): Promise<readonly string[]> {
  const remembered = known.get(id)
  if (remembered) return remembered
  const inspected = await engine.do(doing, (docker) => docker.getImage(id).inspect())
  const { layerDigests } = toImageDetails(inspected)
  known.set(id, layerDigests)
  const [oldest] = known.keys()
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
  return layerDigests
}

/** What is removed at this moment shares nothing any more. */
async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return undefined
    throw thrown
  }
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  async function next(): Promise<void> {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}
