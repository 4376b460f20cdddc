import { ownBytes, type DiskUsage, type UseKind } from '../../shared/cleanup/model'
import { shortId } from '../../shared/images/model'

/** One object that takes space, of whatever kind. */
export interface UseRow {
  readonly key: string
  readonly name: string
  /** It has only an id. */
  readonly isNameless: boolean
  readonly detail: string
  /** Containers that have it; of a container or a record of the cache: 1 while it is in use. */
  readonly uses: number
  /** Absent: nobody knows. */
  readonly sizeBytes: number | undefined
  readonly sharedBytes: number
  readonly ownBytes: number
}

export function toUseRows(usage: DiskUsage, kind: UseKind): readonly UseRow[] {
  switch (kind) {
    case 'images':
      return usage.images.map((image) => ({
        key: image.id,
        name: image.tags.length > 0 ? image.tags.join(', ') : shortId(image.id),
        isNameless: image.tags.length === 0,
        detail: shortId(image.id),
        uses: image.containers,
        sizeBytes: image.sizeBytes,
        sharedBytes: image.sharedBytes,
        ownBytes: ownBytes(image)
      }))
    case 'containers':
      return usage.containers.map(({ id, name, image, isAlive, writtenBytes }) =>
        plain({ key: id, name, detail: image, uses: Number(isAlive), sizeBytes: writtenBytes })
      )
    case 'volumes':
      return usage.volumes.map(({ name, sizeBytes, containers }) =>
        plain({ key: name, name, detail: '', uses: containers, sizeBytes })
      )
    case 'cache':
      return usage.cache.map(({ id, kind: type, description, sizeBytes, isInUse }) =>
        plain({
          key: id,
          name: description === '' ? id : description,
          detail: type,
          uses: Number(isInUse),
          sizeBytes
        })
      )
  }
}

function plain(row: Pick<UseRow, 'key' | 'name' | 'detail' | 'uses' | 'sizeBytes'>): UseRow {
  return { ...row, isNameless: false, sharedBytes: 0, ownBytes: row.sizeBytes ?? 0 }
}
