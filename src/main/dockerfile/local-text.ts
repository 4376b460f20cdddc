import { createHash, randomBytes } from 'node:crypto'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import type { LineEnd, LocalText, SaveOutcome } from '../../shared/dockerfile/model'
import type { GrantedPaths } from '../bridge/granted-paths'

/** The longest file that is edited, in bytes. */
const SIZE_LIMIT = 2 * 1024 * 1024

const BOM = '\uFEFF'

/** What a file is saved as. */
export interface Draft {
  readonly path: string
  /** Lines ended by `\n`. */
  readonly text: string
  readonly lineEnd: LineEnd
  readonly hasBom: boolean
  /** The hash of what is replaced; null: nothing is there; absent: whatever is there. */
  readonly expected?: string | null
}

/**
 * Reads a Dockerfile or an ignore file for the editor. Errors: `not-found`; `permission-denied` also for a path that was not handed
 * over; `invalid-input` for what is no regular file, longer than 2 MiB, or not UTF-8.
 */
export async function readLocalText(path: string, granted: GrantedPaths): Promise<LocalText> {
  checkName(path)
  const real = await guard(path, allowed(path, granted))
  const bytes = await guard(path, readSmall(path, real))
  return toLocalText(path, bytes)
}

/**
 * Saves one, whole or not at all, with the rights that the file had. A file that is not as `expected` is left alone and answered.
 * Errors: those of {@link readLocalText}, and of the file system.
 */
export async function saveLocalText(draft: Draft, granted: GrantedPaths): Promise<SaveOutcome> {
  const { path, expected } = draft
  checkName(path)
  const bytes = toBytes(draft)
  if (expected === null) return create(path, bytes, granted)
  const real = await guard(path, allowed(path, granted)).catch((error: unknown) => {
    if (error instanceof PortolanError && error.data.code === 'not-found') return undefined
    throw error
  })
  if (real === undefined) {
    return expected === undefined
      ? create(path, bytes, granted)
      : { kind: 'conflict', theirs: null }
  }
  const before = await guard(path, readSmall(path, real))
  if (expected !== undefined && hashOf(before) !== expected) {
    return { kind: 'conflict', theirs: toLocalText(path, before) }
  }
  await guard(path, replace(real, bytes))
  return { kind: 'saved', file: toLocalText(path, bytes) }
}

async function create(path: string, bytes: Buffer, granted: GrantedPaths): Promise<SaveOutcome> {
  const folder = await guard(path, allowed(dirname(path), granted))
  try {
    await writeFile(join(folder, basename(path)), bytes, { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw fileError(error, path)
    return { kind: 'conflict', theirs: await readLocalText(path, granted).catch(() => null) }
  }
  return { kind: 'saved', file: toLocalText(path, bytes) }
}

/** Beside it and then in its place, so that a full disk or a crash leaves the old one. */
async function replace(real: string, bytes: Buffer): Promise<void> {
  const { mode } = await stat(real)
  const half = join(dirname(real), `.${basename(real)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeFile(half, bytes, { flag: 'wx', mode: mode & 0o777 })
    await rename(half, real)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

/** The real path of what was handed over. Errors: `permission-denied`; the system's own. */
export async function allowed(path: string, granted: GrantedPaths): Promise<string> {
  const real = await granted.resolve(path)
  if (real === undefined) throw notHandedOver(path)
  return real
}

function notHandedOver(path: string): PortolanError {
  return new PortolanError({
    code: 'permission-denied',
    message: `“${path}” is in no folder that you have opened here.`,
    hint: 'Drop its folder onto the window, or choose it, and open the file from there.',
    subject: { kind: 'file', name: path }
  })
}

/** Nothing else is written by the name that the page gives. */
export function checkName(path: string): void {
  const name = basename(path)
  if (/^(?:dockerfile|containerfile)(?:\..+)?$|\.dockerfile$|\.dockerignore$/i.test(name)) return
  throw new PortolanError({
    code: 'invalid-input',
    message: `“${name}” is no name of a Dockerfile.`,
    hint: 'Dockerfiles are named Dockerfile, Dockerfile.name or name.Dockerfile.',
    subject: { kind: 'file', name: path }
  })
}

async function readSmall(path: string, real: string): Promise<Buffer> {
  const stats = await stat(real)
  if (!stats.isFile()) throw unfit(path, 'It is no regular file.')
  if (stats.size > SIZE_LIMIT) throw unfit(path, 'It is longer than 2 MiB.')
  return readFile(real)
}

function unfit(path: string, reason: string): PortolanError {
  return new PortolanError({
    code: 'invalid-input',
    message: `“${path}” cannot be edited here. ${reason}`,
    hint: 'Edit it with another program, then look again.',
    subject: { kind: 'file', name: path }
  })
}

function toLocalText(path: string, bytes: Buffer): LocalText {
  let raw: string
  try {
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw unfit(path, 'It is not written in UTF-8.')
  }
  const hasBom = raw.startsWith(BOM)
  const text = hasBom ? raw.slice(1) : raw
  const crlfs = text.split('\r\n').length - 1
  const lines = text.split('\n').length - 1
  return {
    path,
    text: text.replaceAll('\r\n', '\n'),
    lineEnd: crlfs > lines / 2 ? '\r\n' : '\n',
    hasBom,
    sha256: hashOf(bytes)
  }
}

function toBytes({ text, lineEnd, hasBom }: Draft): Buffer {
  const lines = text.replaceAll('\r\n', '\n')
  return Buffer.from(
    (hasBom ? BOM : '') + (lineEnd === '\r\n' ? lines.replaceAll('\n', '\r\n') : lines)
  )
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function guard<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof PortolanError ? error : fileError(error, path)
  }
}

/** The app's error for one of the system's. */
export function fileError(error: unknown, path: string): PortolanError {
  const code = codeOf(error)
  const base = {
    subject: { kind: 'file', name: path },
    engineMessage: error instanceof Error ? error.message : String(error)
  } as const
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new PortolanError({ ...base, code: 'not-found', message: `There is no “${path}”.` })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const message = `You may not read or write “${path}”.`
    return new PortolanError({ ...base, code: 'permission-denied', message })
  }
  const message = `“${path}” cannot be read or written.`
  return new PortolanError({ ...base, code: 'invalid-input', message })
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
