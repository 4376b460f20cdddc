import { chmod, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import type { TransferResult } from '../../shared/files/model'
import type { Engine } from '../engine/engine'
import { nameText } from '../tar/names'
import type { TarEntry } from '../tar/reader'
import { getArchive, type Place } from './archive'
import { openEntries, reachablePath } from './entries'
import { statFile, whatEnded } from './operations'
import { Unpacker } from './unpack'
import { writeNewFile } from './write-file'

const OPERATION = 'files.download'

/** How a transfer is watched. */
export interface Transfer {
  readonly signal: AbortSignal
  /** Called as bytes pass, with how many more. */
  readonly onBytes: (count: number) => void
}

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
      await writeWhole(local, entry.content, transfer)
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
    await writeWhole(local, archive, transfer)
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

async function writeWhole(
  local: string,
  content: AsyncIterable<Uint8Array>,
  { signal, onBytes }: Transfer
): Promise<void> {
  const part = join(dirname(local), `.portolan-${crypto.randomUUID()}.part`)
  const ours = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      if (signal.aborted) throw cancelled()
      yield piece
    }
  }
  try {
    await writeNewFile(part, ours(), onBytes)
    await rename(part, local)
  } catch (thrown) {
    await rm(part, { force: true })
    throw localFault(thrown, local)
  }
}

async function likeEntry(
  local: string,
  entry: Pick<TarEntry, 'mode' | 'modifiedAtMs'>
): Promise<void> {
  await chmod(local, entry.mode & 0o777)
  await utimes(local, new Date(entry.modifiedAtMs), new Date(entry.modifiedAtMs))
}

const LOCAL_FAULTS: Readonly<Record<string, [message: string, hint: string]>> = {
  ENOSPC: ['There is no space left here.', 'Free some, or choose another place.'],
  EDQUOT: ['There is no space left here for you.', 'Free some, or choose another place.'],
  EACCES: ['You may not write here.', 'Choose another place.'],
  EPERM: ['You may not write here.', 'Choose another place.'],
  EROFS: ['This place is read-only.', 'Choose another one.'],
  ENOENT: ['The folder is no longer there.', 'Choose another place.'],
  ENAMETOOLONG: ['This system takes no name that long.', 'Download it as an archive.'],
  EEXIST: ['Something of that name is already there.', 'Choose another place.'],
  EISDIR: ['A folder of that name is already there.', 'Choose another name.'],
  EFBIG: ['This place takes no file that large.', 'Choose another one.']
}

/** A fault of this system’s files in words; what is no such fault as it is. */
function localFault(thrown: unknown, local: string): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('syscall' in thrown)) return thrown
  const words = LOCAL_FAULTS[String(thrown.code)]
  if (!words) return thrown
  return new PortolanError(
    {
      code: thrown.code === 'EEXIST' ? 'conflict' : 'permission-denied',
      message: words[0],
      hint: words[1],
      engineMessage: thrown.message,
      subject: { kind: 'file', name: local }
    },
    { cause: thrown }
  )
}

function cancelled(): PortolanError {
  return new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
}
