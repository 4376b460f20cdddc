import type { Readable } from 'node:stream'
import type { ByteText } from '../../shared/files/model'
import { decodeBytes } from '../../shared/files/bytes'
import { baseOf, parentOf } from '../../shared/files/paths'
import type { Engine } from '../engine/engine'
import { readTar, type TarEntry } from '../tar/reader'
import { getArchive, statArchive, type Place } from './archive'
import { ofGoMode } from './kinds'

/**
 * The entries of what is at a path and below it, the path's own first. The engine hands a name on as JSON inside, so that one that is
 * not UTF-8 finds nothing there: such a folder is asked for by what is in it, such a file is picked out of its folder's archive.
 * Errors: those of {@link getArchive} and {@link readTar}.
 */
export async function* openEntries(
  engine: Engine,
  operation: string,
  place: Place,
  signal: AbortSignal,
  through: (archive: Readable) => AsyncIterable<Uint8Array> = (archive) => archive
): AsyncGenerator<TarEntry> {
  const reachable = await reachablePath(engine, operation, place)
  const archive = await getArchive(engine, operation, { ...place, path: reachable }, signal)
  const isPicked = reachable === `${parentOf(place.path)}/.` && reachable !== `${place.path}/.`
  const name = baseOf(place.path)
  try {
    for await (const entry of readTar(through(archive))) {
      if (isPicked && baseOf(entry.name) !== name) continue
      yield entry
      if (isPicked) return
    }
  } finally {
    archive.destroy()
  }
}

/** The path by which the engine finds a place. */
export async function reachablePath(
  engine: Engine,
  operation: string,
  place: Place
): Promise<ByteText> {
  const path = place.path.replace(/(.)\/+$/, '$1')
  if (decodeBytes(baseOf(path)) !== undefined) return place.path
  const { goMode } = await statArchive(engine, operation, { ...place, path })
  return ofGoMode(goMode).kind === 'folder' ? `${path}/.` : `${parentOf(path)}/.`
}
