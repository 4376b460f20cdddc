import { PassThrough } from 'node:stream'
import { VOLUME_ROOT } from '../../shared/volumes/helper-command'
import type { RestoreResult } from '../../shared/volumes/model'
import { getArchive, putArchive } from '../archive/archive'
import { copyThrough } from '../archive/copy-through'
import type { Transfer } from '../archive/save-whole'
import { whatEnded } from '../archive/stat'
import type { Engine } from '../engine/engine'
import { inPart } from './restore'

/** Two helpers' container ids: the engine holds a container while it copies out of it, so that one cannot be both. */
interface Ends {
  readonly from: string
  readonly to: string
  /** The name of the volume that is written. */
  readonly volume: string
}

/**
 * Copies all that is in one volume into another, through this machine and at the pace of the slower end; nothing is kept in between.
 * Source: `GET` and `PUT /containers/{id}/archive`. Errors: `cancelled`; `protocol`, `engine-failure` where it ended in the middle: a
 * part is in the new volume then, which is said.
 */
export async function copyVolume(
  engine: Engine,
  { from, to, volume }: Ends,
  { signal, onBytes }: Transfer
): Promise<RestoreResult> {
  const body = new PassThrough({ highWaterMark: 1024 * 1024 })
  let files = 0
  let bytes = 0
  try {
    const source = { containerId: from, path: VOLUME_ROOT }
    const archive = await getArchive(engine, 'volumes.clone', source, signal)
    const target = { containerId: to, path: '/' }
    const writing = putArchive(engine, 'volumes.clone', target, body, signal)
    await copyThrough(archive, body, writing, {
      signal,
      onBytes,
      onEntry: ({ type, sizeBytes }) => {
        files += type === '5' ? 0 : 1
        bytes += type === '0' ? sizeBytes : 0
      }
    })
    return { files, bytes }
  } catch (thrown) {
    throw inPart(whatEnded(thrown, signal), volume)
  } finally {
    body.destroy()
  }
}
