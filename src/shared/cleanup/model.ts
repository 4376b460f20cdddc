import type { ErrorData } from '../bridge/errors'

/** What an image takes. */
export interface ImageUse {
  /** `sha256:…`. */
  readonly id: string
  readonly tags: readonly string[]
  /** Bytes of all its layers. */
  readonly sizeBytes: number
  /** Bytes of those of its layers that other images have too. */
  readonly sharedBytes: number
  /** Containers made from it, running or not. */
  readonly containers: number
  readonly createdAtMs: number
}

/** What a container has written over its image. */
export interface ContainerUse {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly isAlive: boolean
  readonly writtenBytes: number
}

/** What a volume holds. */
export interface VolumeUse {
  readonly name: string
  /** Absent: its driver does not tell. */
  readonly sizeBytes?: number
  /** Containers that have it, running or not. */
  readonly containers: number
}

/** A record of the build cache. */
export interface CacheUse {
  readonly id: string
  readonly kind: string
  readonly description: string
  readonly sizeBytes: number
  readonly isInUse: boolean
  /** Its bytes are counted with another record's or an image's. */
  readonly isShared: boolean
  readonly lastUsedAtMs?: number
}

/** What the engine's disk is taken by. Source: `GET /system/df`. */
export interface DiskUsage {
  /** All layers of all images, each counted once. */
  readonly layersBytes: number
  readonly images: readonly ImageUse[]
  readonly containers: readonly ContainerUse[]
  readonly volumes: readonly VolumeUse[]
  readonly cache: readonly CacheUse[]
}

export const USE_KINDS = ['images', 'containers', 'volumes', 'cache'] as const
export type UseKind = (typeof USE_KINDS)[number]

/** The sum of one kind, as `docker system df` counts. */
export interface UseTotal {
  readonly kind: UseKind
  readonly count: number
  readonly active: number
  readonly bytes: number
  /** What nobody uses. */
  readonly freeableBytes: number
}

/** The four sums. Source: docker/cli `cli/command/formatter/disk_usage.go`. */
export function totalsOf(usage: DiskUsage): readonly UseTotal[] {
  const { images, containers, volumes, cache, layersBytes } = usage
  const usedImages = images.filter((image) => image.containers > 0)
  const alive = containers.filter(({ isAlive }) => isAlive)
  const usedVolumes = volumes.filter((volume) => volume.containers > 0)
  const own = cache.filter(({ isShared }) => !isShared)
  const written = sum(containers, ({ writtenBytes }) => writtenBytes)
  const held = sum(volumes, ({ sizeBytes = 0 }) => sizeBytes)
  const cached = sum(own, ({ sizeBytes }) => sizeBytes)
  const inUse = cache.filter(({ isInUse }) => isInUse)
  return [
    {
      kind: 'images',
      count: images.length,
      active: usedImages.length,
      bytes: layersBytes,
      freeableBytes: layersBytes - sum(usedImages, ownBytes)
    },
    {
      kind: 'containers',
      count: containers.length,
      active: alive.length,
      bytes: written,
      freeableBytes: written - sum(alive, ({ writtenBytes }) => writtenBytes)
    },
    {
      kind: 'volumes',
      count: volumes.length,
      active: usedVolumes.length,
      bytes: held,
      freeableBytes: held - sum(usedVolumes, ({ sizeBytes = 0 }) => sizeBytes)
    },
    {
      kind: 'cache',
      count: cache.length,
      active: inUse.length,
      bytes: cached,
      freeableBytes: cached - sum(inUse, ({ sizeBytes }) => sizeBytes)
    }
  ]
}

/** Bytes of an image that no other has. */
export function ownBytes({ sizeBytes, sharedBytes }: ImageUse): number {
  return Math.max(0, sizeBytes - sharedBytes)
}

/** Images that no container is made from: all of them, or the nameless ones alone; the largest first. */
export function unusedImages(usage: DiskUsage, which: 'dangling' | 'unused'): readonly ImageUse[] {
  return usage.images
    .filter((image) => image.containers === 0)
    .filter(({ tags }) => which === 'unused' || tags.length === 0)
    .toSorted((a, b) => ownBytes(b) - ownBytes(a))
}

/** What names an image in a removal: all its tags, so that it goes with the last; or its id. */
export function referencesOf({ id, tags }: Pick<ImageUse, 'id' | 'tags'>): readonly string[] {
  return tags.length > 0 ? tags : [id]
}

function sum<T>(items: readonly T[], bytes: (item: T) => number): number {
  return items.reduce((all, item) => all + bytes(item), 0)
}

/** An image that was built on another one. */
export interface ChildImage {
  readonly id: string
  readonly tags: readonly string[]
}

/** The images built on each, by its id; only a builder that notes parents tells (the classic one does). */
export type Children = Readonly<Record<string, readonly ChildImage[]>>

/** What came of removing several images: the others go also when one stays. */
export interface ImagesRemoval {
  readonly untagged: readonly string[]
  readonly deleted: readonly string[]
  readonly failed: readonly { readonly reference: string; readonly error: ErrorData }[]
}
