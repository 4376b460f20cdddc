import type { VolumeContents } from '../../shared/volumes/model'
import { getArchive } from '../archive/archive'
import { BudgetSpent, Meter, type Budget } from '../archive/meter'
import { whatEnded } from '../archive/stat'
import type { Engine } from '../engine/engine'
import { readTar, type TarEntry } from '../tar/reader'
import { VOLUME_ROOT } from '../../shared/volumes/helper-command'

/** How often what was found is told. */
const TELL_MS = 200

/**
 * Looks through the volume that a helper has: how many files, how large, the newest. What was found is told as it comes; when the budget
 * is spent it is given up. The engine has no cheaper way than to send all of it.
 * Source: `GET /containers/{id}/archive`. Errors: `not-found`, `cancelled`.
 */
export async function lookThrough(
  engine: Engine,
  containerId: string,
  budget: Budget,
  tell: (found: VolumeContents) => Promise<void>,
  signal: AbortSignal
): Promise<VolumeContents> {
  const meter = new Meter(budget)
  let found: VolumeContents = { files: 0, folders: 0, bytes: 0, complete: false }
  let toldAtMs = Date.now()
  try {
    const place = { containerId, path: `${VOLUME_ROOT}/.` }
    const archive = await getArchive(engine, 'volumes.contents', place, signal)
    try {
      for await (const entry of readTar(meter.watch(archive))) {
        found = withEntry(found, entry)
        if (Date.now() - toldAtMs < TELL_MS) continue
        await tell(found)
        toldAtMs = Date.now()
      }
    } finally {
      archive.destroy()
    }
    return { ...found, complete: true }
  } catch (thrown) {
    if (thrown instanceof BudgetSpent) return found
    throw whatEnded(thrown, signal)
  }
}

/** What was found, with one more entry. */
export function withEntry(found: VolumeContents, entry: TarEntry): VolumeContents {
  const path = entry.name.replace(/^(\.\/)+/, '/').replace(/\/+$/, '')
  if (path === '' || path === '.') return found
  if (entry.type === '5') return { ...found, folders: found.folders + 1 }
  const { modifiedAtMs } = entry
  const isNewest = !found.newest || modifiedAtMs > found.newest.modifiedAtMs
  return {
    ...found,
    files: found.files + 1,
    bytes: found.bytes + entry.sizeBytes,
    ...(isNewest && { newest: { path: path.startsWith('/') ? path : `/${path}`, modifiedAtMs } })
  }
}
