import { VOLUME_ROOT } from '../../shared/volumes/helper-command'
import type { RestoreResult } from '../../shared/volumes/model'
import { PortolanError } from '../../shared/bridge/errors'
import { putArchive, statArchive } from '../archive/archive'
import { ofGoMode } from '../archive/kinds'
import { cancelled, type Transfer } from '../archive/save-whole'
import { whatEnded } from '../archive/stat'
import type { Engine } from '../engine/engine'
import { encodeHeader, END_OF_ARCHIVE, TAR_TYPE } from '../tar/header'
import { nameText } from '../tar/names'
import type { TarEntry } from '../tar/reader'
import type { ArchiveRules } from './archive-rules'
import type { LocalArchive } from './local-archive'
import { doingTo } from './operations'

/**
 * Refuses what the archive would write through a link that is in the volume already: it would land elsewhere, or nowhere.
 * Source: `HEAD /containers/{id}/archive`. Errors: `conflict`.
 */
export async function refuseThroughLinks(
  engine: Engine,
  containerId: string,
  { folders, isWhole }: Pick<ArchiveRules, 'folders' | 'isWhole'>,
  signal: AbortSignal
): Promise<void> {
  const missing = new Set<string>()
  // Parents sort before what is in them.
  for (const folder of [...folders].toSorted()) {
    if (signal.aborted) throw cancelled()
    if (missing.has(folder.slice(0, Math.max(0, folder.lastIndexOf('/'))))) {
      missing.add(folder)
      continue
    }
    const kind = await kindAt(engine, containerId, `${isWhole ? '' : VOLUME_ROOT}/${folder}`)
    if (kind === undefined) missing.add(folder)
    else if (kind !== 'folder') {
      throw new PortolanError({
        code: 'conflict',
        message: `“/${nameText(folder)}” is a folder in the archive, and no folder in the volume.`,
        hint: 'Nothing was unpacked. Restore it to a new volume, or remove what is in its place.',
        subject: { kind: 'file', name: nameText(folder) }
      })
    }
  }
}

async function kindAt(engine: Engine, containerId: string, path: string) {
  const place = { containerId, path }
  try {
    const { goMode } = await statArchive(engine, 'volumes.restore', place)
    return ofGoMode(goMode).kind
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return undefined
    throw thrown
  }
}

/**
 * Unpacks a checked archive into the volume that a helper has, over what is there: files of the same name are replaced, others stay.
 * Source: `PUT /containers/{id}/archive`. Errors: `conflict` where the archive was changed meanwhile, `cancelled`; `engine-failure` for
 * a full disk of the engine's: a part of it is in the volume then, which is said.
 */
export async function unpack(
  engine: Engine,
  mounted: { readonly containerId: string; readonly volume: string },
  archive: LocalArchive,
  rules: ArchiveRules,
  { signal, onBytes }: Transfer
): Promise<RestoreResult> {
  await archive.assertUnchanged()
  const bytes = archive.read(onBytes)
  try {
    const { containerId } = mounted
    const place = { containerId, path: rules.isWhole ? '/' : VOLUME_ROOT }
    await putArchive(engine, 'volumes.restore', place, bytes, signal)
    // The engine leaves the folder that it unpacks in as it is.
    if (rules.root) await putRoot(engine, containerId, rules.root, signal)
    return rules.counted
  } catch (thrown) {
    throw inPart(whatEnded(thrown, signal), mounted.volume)
  } finally {
    bytes.destroy()
  }
}

/** Gives the volume's own folder the owner, mode and time that the archive has for it. */
async function putRoot(
  engine: Engine,
  containerId: string,
  { mode, uid, gid, modifiedAtMs }: TarEntry,
  signal: AbortSignal
): Promise<void> {
  const header = encodeHeader({
    name: `${VOLUME_ROOT.slice(1)}/`,
    type: TAR_TYPE.directory,
    sizeBytes: 0,
    modifiedAtS: Math.floor(modifiedAtMs / 1000),
    mode,
    uid,
    gid
  })
  const tar = Buffer.concat([header, END_OF_ARCHIVE])
  await putArchive(engine, 'volumes.restore', { containerId, path: '/' }, tar, signal)
}

/** Says that a part was written. */
export function inPart(thrown: unknown, volume: string): unknown {
  if (!(thrown instanceof PortolanError)) return thrown
  const { engineMessage, code } = thrown.data
  if (code === 'cancelled') return thrown
  return new PortolanError(
    {
      ...thrown.data,
      ...doingTo(volume, thrown.data.operation ?? 'volumes.restore'),
      code: code === 'invalid-input' ? 'engine-failure' : code,
      message: `The engine did not write all of it to “${volume}”.`,
      hint: 'A part of it may be in the volume. Look into it, or do it again with a new one.',
      ...(engineMessage !== undefined && { engineMessage })
    },
    { cause: thrown }
  )
}
