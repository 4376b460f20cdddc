import { createHash } from 'node:crypto'
import { PortolanError } from '../../shared/bridge/errors'
import {
  type ByteText,
  type FileContent,
  type FolderEnd,
  type FolderPart,
  type SaveOutcome
} from '../../shared/files/model'
import { baseOf, parentOf } from '../../shared/files/paths'
import type { Engine } from '../engine/engine'
import { encodeHeader, END_OF_ARCHIVE, padding, TAR_TYPE } from '../tar/header'
import { nameFromBytes, nameText } from '../tar/names'
import type { TarEntry } from '../tar/reader'
import { putArchive, type Place } from '../archive/archive'
import { listArchive } from '../archive/archive-listing'
import { openEntries } from '../archive/entries'
import { Meter, type Budget } from '../archive/meter'
import { orNull, statFile, whatEnded } from '../archive/stat'
import { listByShell } from './shell-listing'

/** Names go to the window in pieces of so many. */
const PART = 1000

/**
 * A folder's names: by a shell where the container runs and has one, else out of the engine's archive, within the budget.
 * Errors: `not-found`, `invalid-input` for what is no folder, `cancelled`.
 */
export async function listFolder(
  engine: Engine,
  { containerId, path }: Place,
  budget: Budget,
  tell: (part: FolderPart) => Promise<void>,
  signal: AbortSignal
): Promise<FolderEnd> {
  const operation = 'files.list'
  const doing = { operation, subject: { kind: 'container', id: containerId } } as const
  const entries = await listByShell(engine, doing, containerId, path, signal)
  if (entries) {
    for (let at = 0; at < entries.length; at += PART)
      await tell({ entries: entries.slice(at, at + PART), readBytes: 0 })
    return { source: 'shell', complete: true, readBytes: 0 }
  }
  // A slash at its end: of a link to a folder, the folder.
  const place = { containerId, path: path.endsWith('/') ? path : `${path}/` }
  const meter = new Meter(budget)
  const found = openEntries(engine, operation, place, signal, (archive) => meter.watch(archive))
  try {
    return await listArchive(found, meter, tell)
  } catch (thrown) {
    throw whatEnded(thrown, signal)
  }
}

/** A file's first `limitBytes`, links followed. Errors: `not-found`, `invalid-input` for what is no file. */
export async function readFile(
  engine: Engine,
  place: Place,
  limitBytes: number,
  operation = 'files.read'
): Promise<FileContent> {
  const stat = await statFile(engine, place, operation)
  if (stat.kind !== 'file') throw noFile(stat.path)
  const abort = new AbortController()
  const found = { ...place, path: stat.path }
  try {
    for await (const entry of openEntries(engine, operation, found, abort.signal))
      return await contentOf(entry, stat.path, limitBytes)
    throw noFile(stat.path)
  } finally {
    abort.abort()
  }
}

async function contentOf(
  entry: TarEntry,
  path: ByteText,
  limitBytes: number
): Promise<FileContent> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of entry.content) {
    pieces.push(piece)
    length += piece.length
    if (length >= limitBytes) break
  }
  const bytes = new Uint8Array(Buffer.concat(pieces).subarray(0, limitBytes))
  const { sizeBytes, modifiedAtMs, mode, uid, gid } = entry
  return {
    path,
    kind: 'file',
    mode,
    sizeBytes,
    modifiedAtMs,
    uid,
    gid,
    bytes,
    ...(bytes.length === sizeBytes && { sha256: sha256Of(bytes) })
  }
}

/**
 * Saves a small file. With `expected` (its content's SHA-256 when it was read, null for one that was not there) only where that is
 * still so; else whatever is there. The file's mode and owner stay; a new one is root's, 0644.
 * The engine has no way to compare and write in one step: what is written there between our look and our write is lost.
 * Source: `PUT /containers/{id}/archive`. Errors: `not-found` for its folder, `conflict` where it is read-only.
 */
export async function saveFile(
  engine: Engine,
  place: Place,
  bytes: Uint8Array,
  expected: string | null | undefined
): Promise<SaveOutcome> {
  const operation = 'files.save'
  const there = await orNull(() => readFile(engine, place, bytes.length + 2 ** 20, operation))
  const isAsRead = expected === null ? there === null : there?.sha256 === expected
  if (expected !== undefined && !isAsRead) return { kind: 'conflict', theirs: there }
  const path = there?.path ?? place.path
  const modifiedAtS = Math.floor(Date.now() / 1000)
  const owner = { mode: there?.mode ?? 0o644, uid: there?.uid ?? 0, gid: there?.gid ?? 0 }
  const header = encodeHeader({
    name: nameFromBytes(baseOf(path)),
    type: TAR_TYPE.file,
    sizeBytes: bytes.length,
    modifiedAtS,
    ...owner
  })
  const tar = Buffer.concat([header, bytes, Buffer.alloc(padding(bytes.length)), END_OF_ARCHIVE])
  const folder = { ...place, path: parentOf(path) }
  await putArchive(engine, operation, folder, tar, new AbortController().signal)
  return {
    kind: 'saved',
    file: {
      path,
      kind: 'file',
      sizeBytes: bytes.length,
      modifiedAtMs: modifiedAtS * 1000,
      bytes,
      sha256: sha256Of(bytes),
      ...owner
    }
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function noFile(path: ByteText): PortolanError {
  return new PortolanError({
    code: 'invalid-input',
    message: `“${nameText(path)}” is no plain file.`,
    subject: { kind: 'file', name: nameText(path) }
  })
}
