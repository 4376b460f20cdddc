import { createGzip } from 'node:zlib'
import { VOLUME_ROOT } from '../../shared/volumes/helper-command'
import type { BackupResult } from '../../shared/volumes/model'
import { getArchive } from '../archive/archive'
import { copyThrough } from '../archive/copy-through'
import { saveWhole, type Transfer } from '../archive/save-whole'
import { whatEnded } from '../archive/stat'
import type { Engine } from '../engine/engine'

/** Five times as fast as the default on logs and databases, and the file is a seventh larger. */
const LEVEL = 3
/** What one step of compressing gives: small pieces cost a turn of the thread pool each. */
const CHUNK_BYTES = 256 * 1024

/**
 * Saves the volume that a helper has as a `.tar.gz`, as the folder `volume` in it: owners by number, modes, times in whole seconds, links, and what
 * the engine tells of extended attributes (file capabilities; it leaves others out). It is written beside `local` first: what fails
 * leaves nothing. Compressing is done off this thread.
 * Source: `GET /containers/{id}/archive`. Errors: `permission-denied` where it cannot be written here (a full disk), `cancelled`,
 * `protocol` where the engine's archive was cut.
 */
export async function backUp(
  engine: Engine,
  containerId: string,
  local: string,
  { signal, onBytes }: Transfer
): Promise<BackupResult> {
  const place = { containerId, path: VOLUME_ROOT }
  const gzip = createGzip({ level: LEVEL, chunkSize: CHUNK_BYTES })
  let files = 0
  let writtenBytes = 0
  try {
    const archive = await getArchive(engine, 'volumes.backup', place, signal)
    const saving = saveWhole(local, gzip, { signal, onBytes: (count) => (writtenBytes += count) })
    const { archiveBytes } = await copyThrough(archive, gzip, saving, {
      signal,
      onBytes,
      onEntry: ({ type }) => (files += type === '5' ? 0 : 1)
    })
    return { files, archiveBytes, writtenBytes }
  } catch (thrown) {
    throw whatEnded(thrown, signal)
  }
}
