import { createReadStream, type Stats } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import type { TransferResult } from '../../shared/files/model'
import { joinPath } from '../../shared/files/paths'
import type { Engine } from '../engine/engine'
import { encodeHeader, END_OF_ARCHIVE, padding, TAR_TYPE, type TarHeader } from '../tar/header'
import { fsPath, NAME_ENCODING, nameBytes, nameFromText, nameText } from '../tar/names'
import { putArchive, type Place } from './archive'
import type { Transfer } from './save-whole'
import { orNull, statFile, whatEnded } from './stat'

/** Those of the local paths' names that a folder of the container holds already. Errors: those of `HEAD …/archive`. */
export async function existingNames(
  engine: Engine,
  folder: Place,
  localPaths: readonly string[]
): Promise<string[]> {
  const found: string[] = []
  for (const localPath of localPaths) {
    const name = Buffer.from(basename(localPath), 'utf8').toString('latin1')
    const place = { ...folder, path: joinPath(folder.path, name) }
    // A link that leads in a circle is there too.
    const there = await orNull(() => statFile(engine, place, 'files.upload')).catch(
      (thrown: unknown) => {
        if (thrown instanceof PortolanError && thrown.code === 'invalid-input') return true
        throw thrown
      }
    )
    if (there !== null) found.push(basename(localPath))
  }
  return found
}

/** How many bytes of content are below a local path, as far as one may look. */
export async function sizeOf(localPath: string, signal: AbortSignal): Promise<number> {
  let bytes = 0
  for await (const { stats } of walk(localPath, signal)) if (stats.isFile()) bytes += stats.size
  return bytes
}

/**
 * Copies a local file or folder into a folder of the container: names, modes, times, links and the owner's numbers as they are here, as
 * `docker cp` does. Sockets, pipes and devices are left out and told.
 * Errors: those of `PUT …/archive`; `permission-denied` for what may not be read here.
 */
export async function uploadPath(
  engine: Engine,
  localPath: string,
  folder: Place,
  transfer: Transfer
): Promise<TransferResult> {
  const result = { files: 0, bytes: 0, skippedCount: 0, skipped: [] as Skipped[] }
  let fault: unknown
  async function* guarded(): AsyncGenerator<Buffer> {
    try {
      yield* pack(localPath, transfer, result)
    } catch (thrown) {
      // The request fails with it, and says only that it was cut.
      fault = thrown
      throw thrown
    }
  }
  const tar = Readable.from(guarded(), { objectMode: false, highWaterMark: 1024 * 1024 })
  try {
    await putArchive(engine, 'files.upload', folder, tar, transfer.signal)
    return result
  } catch (thrown) {
    throw whatEnded(fault ?? thrown, transfer.signal)
  } finally {
    tar.destroy()
  }
}

type Skipped = TransferResult['skipped'][number]

interface Found {
  /** Carried names (see names.ts), from the dropped one on. */
  readonly name: string
  readonly local: string | Buffer
  readonly stats: Stats
}

async function* pack(
  localPath: string,
  { signal, onBytes }: Transfer,
  result: { files: number; bytes: number; skippedCount: number; skipped: Skipped[] }
): AsyncGenerator<Buffer> {
  for await (const found of walk(localPath, signal)) {
    const type = typeOf(found.stats)
    if (type === undefined) {
      result.skippedCount += 1
      if (result.skipped.length < 100)
        result.skipped.push({ path: nameText(found.name), reason: 'special' })
      continue
    }
    yield encodeHeader(await headerOf(found, type))
    if (type !== TAR_TYPE.file) continue
    result.files += 1
    for await (const chunk of contentOf(found)) {
      result.bytes += chunk.length
      onBytes(chunk.length)
      yield chunk
    }
    yield Buffer.alloc(padding(found.stats.size))
  }
  yield END_OF_ARCHIVE
}

async function headerOf({ name, local, stats }: Found, type: TarHeader['type']) {
  return {
    name: type === TAR_TYPE.directory ? `${name}/` : name,
    type,
    // Windows has no bits to execute: docker makes everything executable and nothing writable for others.
    mode: process.platform === 'win32' ? 0o755 : stats.mode & 0o7777,
    sizeBytes: type === TAR_TYPE.file ? stats.size : 0,
    modifiedAtS: Math.floor(stats.mtimeMs / 1000),
    uid: stats.uid,
    gid: stats.gid,
    ...(type === TAR_TYPE.symbolicLink && {
      linkName: await reading(name, () => readlink(local, { encoding: NAME_ENCODING }))
    })
  }
}

/** A file's bytes, exactly as many as its header says: one that grows is cut, one that shrinks fails. */
async function* contentOf({ name, local, stats }: Found): AsyncGenerator<Buffer> {
  if (stats.size === 0) return
  const stream = createReadStream(local, { end: stats.size - 1, highWaterMark: 256 * 1024 })
  let sent = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sent += chunk.length
      yield chunk
    }
  } catch (thrown) {
    throw unreadable(name, thrown)
  }
  if (sent < stats.size) throw unreadable(name, new Error('it became smaller while it was read'))
}

/** A path and all below it, folders first; links are not followed. */
async function* walk(localPath: string, signal: AbortSignal): AsyncGenerator<Found> {
  const pending: { readonly name: string; readonly local: string | Buffer }[] = [
    { name: nameFromText(basename(localPath)), local: localPath }
  ]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
    const { name, local } = next
    const stats = await reading(name, () => lstat(local))
    yield { name, local, stats }
    if (!stats.isDirectory()) continue
    const children = await reading(name, () => readdir(local, { encoding: NAME_ENCODING }))
    for (const child of children.toSorted().toReversed())
      pending.push({ name: `${name}/${child}`, local: below(local, child) })
  }
}

function below(folder: string | Buffer, child: string): string | Buffer {
  const name = fsPath(child)
  if (typeof folder === 'string' && typeof name === 'string') return join(folder, name)
  return Buffer.concat([Buffer.from(folder), Buffer.from('/'), nameBytes(child)])
}

function typeOf(stats: Stats): TarHeader['type'] | undefined {
  if (stats.isFile()) return TAR_TYPE.file
  if (stats.isDirectory()) return TAR_TYPE.directory
  return stats.isSymbolicLink() ? TAR_TYPE.symbolicLink : undefined
}

async function reading<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (thrown) {
    throw unreadable(name, thrown)
  }
}

function unreadable(name: string, cause: unknown): PortolanError {
  const refused =
    cause instanceof Error && 'code' in cause && (cause.code === 'EACCES' || cause.code === 'EPERM')
  return new PortolanError(
    {
      code: refused ? 'permission-denied' : 'invalid-input',
      message: refused
        ? `You may not read “${nameText(name)}” here.`
        : `“${nameText(name)}” cannot be read here.`,
      hint: 'Nothing after it was copied. Change that, and copy again.',
      ...(cause instanceof Error && { engineMessage: cause.message }),
      subject: { kind: 'file', name: nameText(name) }
    },
    { cause }
  )
}
