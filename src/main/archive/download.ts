import { chmod, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import type { TransferResult } from '../../shared/files/model'
import type { Engine } from '../engine/engine'
import { nameText } from '../tar/names'
import type { TarEntry } from '../tar/reader'
import { getArchive, type Place } from './archive'
import { openEntries, reachablePath } from './entries'
import { statFile, whatEnded } from './stat'
import { Unpacker } from './unpack'
import { cancelled, localFault, saveWhole, type Transfer } from './save-whole'

const OPERATION = 'files.download'

/**
 * Saves one file as `local`, links followed, with its permissions (never setuid) and its time. Written beside it first, so that
 * what fails in the middle leaves nothing, and what was there stays until all is there.
 * Errors: those of reading; `permission-denied`, `invalid-input` where it cannot be written here.
 */
export async function downloadFile(
  engine: Engine,
  place: Place,
  local: string,
  transfer: Transfer
): Promise<TransferResult> {
  const found = await statFile(engine, place, OPERATION)
  if (found.kind !== 'file') {
    throw new PortolanError({
      code: 'invalid-input',
      message: `“${nameText(found.path)}” is no plain file.`,
      hint: 'Download its folder instead.',
      subject: { kind: 'file', name: nameText(found.path) }
    })
  }
  const real = { ...place, path: found.path }
  return reading(transfer, async () => {
    for await (const entry of openEntries(engine, OPERATION, real, transfer.signal)) {
      await saveWhole(local, entry.content, transfer)
      await likeEntry(local, entry)
      return { files: 1, bytes: entry.sizeBytes, skipped: [], skippedCount: 0 }
    }
    throw new PortolanError({ code: 'protocol', message: 'The engine’s archive is empty.' })
  })
}

/** Saves the archive of what is at a path, links as links: what `docker cp PLACE -` prints. Errors: as {@link downloadFile}. */
export function downloadTar(
  engine: Engine,
  place: Place,
  local: string,
  transfer: Transfer
): Promise<TransferResult> {
  return reading(transfer, async () => {
    const path = await reachablePath(engine, OPERATION, place)
    const archive = await getArchive(engine, OPERATION, { ...place, path }, transfer.signal)
    await saveWhole(local, archive, transfer)
    const { size } = await stat(local)
    return { files: 1, bytes: size, skipped: [], skippedCount: 0 }
  })
}

/**
 * Unpacks what is at a path as `local`, which must not be there yet. What would lead out of it is left out and told, and so are devices
 * and pipes. What fails in the middle is removed.
 * Errors: as {@link downloadFile}; `conflict` where `local` exists.
 */
export function downloadFolder(
  engine: Engine,
  place: Place,
  local: string,
  transfer: Transfer
): Promise<TransferResult> {
  return reading(transfer, async () => {
    const unpacker = new Unpacker(local, transfer.onBytes)
    try {
      for await (const entry of openEntries(engine, OPERATION, place, transfer.signal)) {
        if (transfer.signal.aborted) throw cancelled()
        await unpacker.add(entry)
      }
      return await unpacker.finish()
    } catch (thrown) {
      await unpacker.removeAll()
      throw localFault(thrown, local)
    }
  })
}

/** The first of `name`, `name (2)`, `name (3)`… that is not in a folder. */
export async function freeName(folder: string, name: string): Promise<string> {
  const [, base = name, ending = ''] = /^(.+?)((?:\.tar)?\.[^.]{1,10})?$/s.exec(name) ?? []
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${base} (${number})${ending}`)
    if (!(await stat(path).catch(() => undefined))) return path
  }
}

async function reading<T>({ signal }: Transfer, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (thrown) {
    throw whatEnded(thrown, signal)
  }
}

async function likeEntry(
  local: string,
  entry: Pick<TarEntry, 'mode' | 'modifiedAtMs'>
): Promise<void> {
  await chmod(local, entry.mode & 0o777)
  await utimes(local, new Date(entry.modifiedAtMs), new Date(entry.modifiedAtMs))
}
