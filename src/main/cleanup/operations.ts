import { toErrorData } from '../../shared/bridge/errors'
import type {
  CacheUse,
  ChildImage,
  Children,
  ContainerUse,
  DiskUsage,
  ImagesRemoval,
  ImageUse,
  VolumeUse
} from '../../shared/cleanup/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

type Json = Readonly<Record<string, unknown>>

/** What the engine's disk is taken by. Source: `GET /system/df`; fields that an engine leaves out count as nought. */
export async function readUsage(engine: Engine): Promise<DiskUsage> {
  const doing: Doing = { operation: 'cleanup.usage' }
  return toUsage(await engine.do<unknown>(doing, (docker) => docker.df()))
}

/** The engine's answer as we read it. */
export function toUsage(answer: unknown): DiskUsage {
  const told = (answer ?? {}) as Json
  return {
    layersBytes: numberOf(told['LayersSize']),
    images: list(told['Images']).map(toImage),
    containers: list(told['Containers']).map(toContainer),
    volumes: list(told['Volumes']).map(toVolume),
    cache: list(told['BuildCache']).map(toCache)
  }
}

function toImage(image: Json): ImageUse {
  return {
    id: textOf(image['Id']),
    tags: textsOf(image['RepoTags']).filter((tag) => tag !== '<none>:<none>'),
    sizeBytes: numberOf(image['Size']),
    // -1: nobody counted.
    sharedBytes: Math.max(0, numberOf(image['SharedSize'])),
    containers: Math.max(0, numberOf(image['Containers'])),
    createdAtMs: numberOf(image['Created']) * 1000
  }
}

const ALIVE = new Set(['running', 'paused', 'restarting'])

function toContainer(container: Json): ContainerUse {
  const [name = ''] = textsOf(container['Names'])
  return {
    id: textOf(container['Id']),
    name: name.replace(/^\//, ''),
    image: textOf(container['Image']),
    isAlive: ALIVE.has(textOf(container['State'])),
    writtenBytes: numberOf(container['SizeRw'])
  }
}

function toVolume(volume: Json): VolumeUse {
  const { Size: size, RefCount: count } = (volume['UsageData'] ?? {}) as Json
  return {
    name: textOf(volume['Name']),
    ...(typeof size === 'number' && size >= 0 && { sizeBytes: size }),
    containers: Math.max(0, numberOf(count))
  }
}

function toCache(record: Json): CacheUse {
  const lastUsedAtMs = Date.parse(textOf(record['LastUsedAt']))
  return {
    id: textOf(record['ID']),
    kind: textOf(record['Type']),
    description: textOf(record['Description']),
    sizeBytes: numberOf(record['Size']),
    isInUse: record['InUse'] === true,
    isShared: record['Shared'] === true,
    ...(lastUsedAtMs > 0 && { lastUsedAtMs })
  }
}

/** The images that were built on each of these, step by step. Source: `GET /images/json?all=1`. */
export async function findChildren(engine: Engine, imageIds: readonly string[]): Promise<Children> {
  const doing: Doing = { operation: 'cleanup.children' }
  const [all, shown] = await engine.do(doing, (docker) =>
    Promise.all([docker.listImages({ all: true }), docker.listImages()])
  )
  const parents = new Map(all.map(({ Id, ParentId }) => [Id, ParentId]))
  const wanted = new Set(imageIds)
  const found: Record<string, ChildImage[]> = {}
  for (const { Id: id, RepoTags: tags } of shown) {
    const child = { id, tags: (tags ?? []).filter((tag) => tag !== '<none>:<none>') }
    for (let parent = parents.get(id); parent; parent = parents.get(parent))
      if (wanted.has(parent)) (found[parent] ??= []).push(child)
  }
  return found
}

/**
 * Removes tags, and images with their last; by id, an image with all its tags. The others go also when one stays.
 * Source: `DELETE /images/{name}`, for each in turn, as `docker rmi` does.
 */
export async function removeImages(
  engine: Engine,
  references: readonly string[],
  force: boolean
): Promise<ImagesRemoval> {
  const untagged: string[] = []
  const deleted: string[] = []
  const failed: ImagesRemoval['failed'][number][] = []
  for (const reference of references) {
    try {
      const subject = { kind: 'image', id: reference, name: reference } as const
      const answer: unknown = await engine.do(
        { operation: 'cleanup.removeImages', subject },
        (docker) => docker.getImage(reference).remove({ force })
      )
      for (const line of list(answer)) {
        if (line['Untagged']) untagged.push(textOf(line['Untagged']))
        if (line['Deleted']) deleted.push(textOf(line['Deleted']))
      }
    } catch (thrown) {
      failed.push({ reference, error: toErrorData(thrown) })
    }
  }
  return { untagged, deleted, failed }
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
