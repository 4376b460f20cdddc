import { PortolanError } from '../../shared/bridge/errors'
import type { FilesSummary } from '../../shared/layers/files-model'
import type { Engine } from '../engine/engine'
import { ImageFiles, type ReadProgress } from './image-files'

/** Images whose files are at hand: the last ones, since each takes memory. */
const MOST_OPEN = 3

interface Target {
  readonly endpointId: string
  readonly imageId: string
}

/** The one that was used last is the last. */
const opened = new Map<string, ImageFiles>()

/** Reads an image's files, and keeps them at hand. Errors: as `ImageFiles.read`. */
export async function readFiles(
  engine: Engine,
  imageId: string,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void
): Promise<void> {
  const key = `${engine.endpointId}/${imageId}`
  if (opened.get(key)?.isAtHand) return
  const files = await ImageFiles.read(engine, imageId, signal, onProgress)
  opened.set(key, files)
  for (const [oldest, each] of opened) {
    if (opened.size <= MOST_OPEN) break
    opened.delete(oldest)
    await each.close()
  }
}

/** What was read of an image. */
export function summaryOf(target: Target): FilesSummary | undefined {
  return find(target)?.summary
}

/** An image's files. Errors: `not-found` where they are not at hand. */
export function filesOf(target: Target): ImageFiles {
  const files = find(target)
  if (files) return files
  throw new PortolanError({
    code: 'not-found',
    message: 'The files of this image are not at hand.',
    hint: 'Read them first.',
    subject: { kind: 'image', id: target.imageId }
  })
}

function find({ endpointId, imageId }: Target): ImageFiles | undefined {
  const key = `${endpointId}/${imageId}`
  const files = opened.get(key)
  opened.delete(key)
  if (!files?.isAtHand) return undefined
  opened.set(key, files)
  return files
}
