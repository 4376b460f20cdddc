import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { PortolanError } from '../../../shared/bridge/errors'
import { closeFile, openFile, readFully, readLink } from './files'
import type { IgnoreMatcher, IgnoreRules } from './ignore'
import { nameFromText, nameText } from '../../tar/names'
import { encodeHeader, END_OF_ARCHIVE, padding, TAR_TYPE, type TarHeader } from '../../tar/header'
import { walkContext, type ContextEntry } from './walk'

/**
 * Bytes that go out at once. Fewer and the socket's calls cost more than the copying; more and a piece has left the processor's cache
 * before it is sent (1 MiB took half as long again as 256 KiB on a unix socket).
 */
const CHUNK_BYTES = 256 * 1024
/** Bytes read ahead of the socket. */
const READ_AHEAD_BYTES = 1024 * 1024
/** Small files that are open at once. Far under the usual limit of 1,024 descriptors. */
const OPEN_AT_ONCE = 64

/** How to pack a context. */
export interface PackOptions {
  /** Absolute path of the context. */
  readonly contextPath: string
  readonly matcher: IgnoreMatcher
  readonly rules: IgnoreRules
  /** A Dockerfile from outside of the context, and the name that it gets inside. */
  readonly extraDockerfile?: { readonly name: string; readonly content: Buffer }
  readonly signal?: AbortSignal | undefined
  /** A file changed while it was read, or went away: the archive stays whole, and this says what is in it. */
  readonly onWarning?: (message: string) => void
  /** Bytes that were taken so far; `isAll` with the last ones. */
  readonly onSent?: (bytes: number, isAll: boolean) => void
}

/**
 * The context as a tar stream, the same entries in the same order as the docker CLI's, with back-pressure. Uid and gid are 0, mode
 * bits are kept, sockets are left out. A file that grows is cut at the size that it had, one that shrinks is filled with zeros.
 * The stream fails with `permission-denied` for a file that may not be read after all, and with the signal's reason.
 * Source: moby `archive.TarWithOptions` as docker/cli `image build` calls it. File capabilities (xattr) are not carried over.
 */
export function packContext(options: PackOptions): Readable {
  return Readable.from(counted(archive(options), options), {
    objectMode: false,
    highWaterMark: READ_AHEAD_BYTES
  })
}

async function* counted(
  chunks: AsyncGenerator<Buffer>,
  { onSent }: PackOptions
): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of chunks) {
    yield chunk
    bytes += chunk.length
    onSent?.(bytes, false)
  }
  onSent?.(bytes, true)
}

async function* archive(options: PackOptions): AsyncGenerator<Buffer> {
  const { matcher, rules, signal, extraDockerfile } = options
  const root = nameFromText(options.contextPath)
  const packer = new Packer(root, options)
  let hasIgnoreFile = false
  for await (const batch of walkContext({ root, matcher, rules, signal, observer: packer })) {
    for (const group of groupsOf(batch)) {
      signal?.throwIfAborted()
      const [first] = group
      if (first && isBig(first)) {
        yield* packer.bigFile(first)
      } else if (first && extraDockerfile && isIgnoreFile(first)) {
        hasIgnoreFile = true
        yield* packer.extendedIgnoreFile(first, extraDockerfile.name)
      } else {
        yield await packer.group(group)
      }
    }
  }
  if (extraDockerfile) {
    const { name, content } = extraDockerfile
    yield made(name, content)
    // The engine leaves out what .dockerignore names, and so hides both from `COPY . .`.
    if (!hasIgnoreFile) yield made('.dockerignore', Buffer.from(`.dockerignore\n${name}\n`))
  }
  yield END_OF_ARCHIVE
}

/** Runs of entries that go out in one chunk; a big file, and the ignore file, are alone. */
function* groupsOf(batch: readonly ContextEntry[]): Generator<ContextEntry[]> {
  let group: ContextEntry[] = []
  let bytes = 0
  for (const entry of batch) {
    const size = entry.stats.isFile() ? entry.stats.size : 0
    const isAlone = isBig(entry) || isIgnoreFile(entry)
    const isFull = bytes + size > CHUNK_BYTES || group.length >= OPEN_AT_ONCE
    if ((isAlone || isFull) && group.length > 0) {
      yield group
      group = []
      bytes = 0
    }
    if (isAlone) {
      yield [entry]
      continue
    }
    group.push(entry)
    bytes += size
  }
  if (group.length > 0) yield group
}

function isBig({ stats }: ContextEntry): boolean {
  return stats.isFile() && stats.size > CHUNK_BYTES / 2
}

function isIgnoreFile({ path, stats }: ContextEntry): boolean {
  return path === '.dockerignore' && stats.isFile()
}

/** An entry that is ready to be laid out. */
interface Opened {
  readonly entry: ContextEntry
  readonly header: Buffer
  readonly descriptor?: number
  readonly sizeBytes: number
}

class Packer {
  readonly #root: string
  readonly #warn: (message: string) => void
  /** First path of each file with several names, by device and inode. */
  readonly #linked = new Map<string, string>()
  /** Files that were warned about: a big one comes in many pieces. */
  readonly #shrunk = new Set<string>()

  constructor(root: string, options: PackOptions) {
    this.#root = root
    this.#warn = options.onWarning ?? (() => undefined)
  }

  problem(path: string, reason: string): void {
    if (reason === 'permission-denied' || reason === 'unreadable') throw refused(path)
    this.#warn(`“${nameText(path)}” went away while the context was read; it is not sent.`)
  }

  /** Several small entries as one chunk: all are opened together, then laid out, then read together into their places. */
  async group(entries: readonly ContextEntry[]): Promise<Buffer> {
    const links = this.#hardLinks(entries)
    const settled = await Promise.allSettled(
      entries.map((entry, at) => this.#open(entry, links[at]))
    )
    const opened = settled.flatMap((it) =>
      it.status === 'fulfilled' && it.value ? [it.value] : []
    )
    try {
      for (const it of settled) if (it.status === 'rejected') throw it.reason
      const total = opened.reduce(
        (sum, { header, sizeBytes }) => sum + header.length + sizeBytes + padding(sizeBytes),
        0
      )
      const chunk = Buffer.allocUnsafe(total)
      let at = 0
      const reads = opened.map(({ entry, header, descriptor, sizeBytes }) => {
        at += header.copy(chunk, at)
        const place = chunk.subarray(at, (at += sizeBytes + padding(sizeBytes)))
        return descriptor === undefined
          ? Promise.resolve()
          : this.#fill(entry, descriptor, place, sizeBytes)
      })
      await Promise.all(reads)
      return chunk
    } finally {
      await Promise.all(
        opened.flatMap((it) => (it.descriptor === undefined ? [] : [closeFile(it.descriptor)]))
      )
    }
  }

  /** A big file piece by piece; the next piece is read while the one before is being sent. */
  async *bigFile(entry: ContextEntry): AsyncGenerator<Buffer> {
    const opened = await this.#open(entry, this.#hardLinks([entry])[0])
    if (!opened) return
    const { header, descriptor, sizeBytes } = opened
    yield header
    if (descriptor === undefined) return
    let pending: Promise<Buffer> | undefined
    try {
      for (let at = 0; at < sizeBytes; at += CHUNK_BYTES) {
        const piece = await (pending ?? this.#piece(entry, descriptor, at, sizeBytes))
        const next = at + CHUNK_BYTES
        pending = next < sizeBytes ? this.#piece(entry, descriptor, next, sizeBytes) : undefined
        yield piece
      }
      const spare = Buffer.alloc(1)
      if ((await readFully(descriptor, spare, sizeBytes)) > 0) this.#warnGrew(entry)
    } finally {
      // A read that is under way must end before its descriptor may be closed and used again.
      await pending?.catch(() => undefined)
      await closeFile(descriptor)
    }
    yield Buffer.alloc(padding(sizeBytes))
  }

  /** The context's .dockerignore with the Dockerfile from outside added, as the docker CLI does it. */
  async *extendedIgnoreFile(entry: ContextEntry, dockerfileName: string): AsyncGenerator<Buffer> {
    const whole = Buffer.allocUnsafe(entry.stats.size)
    const descriptor = await openFile(join(this.#root, entry.path))
    if (typeof descriptor !== 'number') throw refused(entry.path, descriptor)
    try {
      const count = await readFully(descriptor, whole, 0)
      const content = [whole.subarray(0, count), Buffer.from(`\n${dockerfileName}\n`)]
      yield made(entry.path, Buffer.concat(content), entry.stats)
    } finally {
      await closeFile(descriptor)
    }
  }

  /** For each entry the earlier path that is the same file, where there is one. */
  #hardLinks(entries: readonly ContextEntry[]): (string | undefined)[] {
    return entries.map(({ path, stats }) => {
      if (stats.nlink < 2 || stats.isDirectory()) return undefined
      const key = `${stats.dev}:${stats.ino}`
      const first = this.#linked.get(key)
      if (first === undefined) this.#linked.set(key, path)
      return first
    })
  }

  /** Nothing where the entry is not sent: a socket, or what went away or became something else. */
  async #open(entry: ContextEntry, hardLink: string | undefined): Promise<Opened | undefined> {
    const { path, stats } = entry
    const base = headerOf(path, stats)
    if (!base) return undefined
    if (hardLink !== undefined) {
      const header = { ...base, type: TAR_TYPE.hardLink, linkName: hardLink, sizeBytes: 0 }
      return { entry, header: encodeHeader(header), sizeBytes: 0 }
    }
    if (stats.isSymbolicLink()) {
      const linkName = await readLink(join(this.#root, path))
      if (typeof linkName !== 'string') return this.#lost(path, linkName)
      return { entry, header: encodeHeader({ ...base, linkName }), sizeBytes: 0 }
    }
    if (base.sizeBytes === 0) return { entry, header: encodeHeader(base), sizeBytes: 0 }
    const descriptor = await openFile(join(this.#root, path))
    if (typeof descriptor !== 'number') return this.#lost(path, descriptor)
    return { entry, header: encodeHeader(base), descriptor, sizeBytes: base.sizeBytes }
  }

  #lost(path: string, error: NodeJS.ErrnoException): undefined {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'ELOOP') {
      throw refused(path, error)
    }
    this.problem(path, 'vanished')
    return undefined
  }

  /** Reads a small file into its place. One byte into the padding is tried as well: it tells a file that grew. */
  async #fill(entry: ContextEntry, descriptor: number, place: Buffer, size: number): Promise<void> {
    const count = await this.#read(entry, descriptor, place, 0, size)
    if (count < size) this.#warnShrank(entry)
    if (count > size) this.#warnGrew(entry)
    place.fill(0, Math.min(count, size))
  }

  async #piece(entry: ContextEntry, descriptor: number, at: number, size: number): Promise<Buffer> {
    const piece = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - at))
    const count = await this.#read(entry, descriptor, piece, at)
    if (count < piece.length) {
      this.#warnShrank(entry)
      piece.fill(0, count)
    }
    return piece
  }

  async #read(
    entry: ContextEntry,
    descriptor: number,
    into: Buffer,
    at: number,
    enough?: number
  ): Promise<number> {
    try {
      return await readFully(descriptor, into, at, enough)
    } catch (error) {
      throw refused(entry.path, error)
    }
  }

  #warnShrank({ path }: ContextEntry): void {
    if (this.#shrunk.has(path)) return
    this.#shrunk.add(path)
    this.#warn(`“${nameText(path)}” became smaller while it was read; zeros fill the rest.`)
  }

  #warnGrew({ path }: ContextEntry): void {
    this.#warn(`“${nameText(path)}” grew while it was read; what was added is not sent.`)
  }
}

/** The header that an entry's stats give, or nothing for what tar cannot hold (a socket). */
function headerOf(path: string, stats: Stats): TarHeader | undefined {
  const type = typeOf(stats)
  if (type === undefined) return undefined
  const isDevice = type === TAR_TYPE.characterDevice || type === TAR_TYPE.blockDevice
  return {
    name: type === TAR_TYPE.directory ? `${path}/` : path,
    type,
    mode: modeOf(stats),
    sizeBytes: type === TAR_TYPE.file ? stats.size : 0,
    modifiedAtS: Math.floor(stats.mtimeMs / 1000),
    ...(isDevice && deviceNumbers(stats.rdev))
  }
}

function typeOf(stats: Stats): TarHeader['type'] | undefined {
  if (stats.isFile()) return TAR_TYPE.file
  if (stats.isDirectory()) return TAR_TYPE.directory
  if (stats.isSymbolicLink()) return TAR_TYPE.symbolicLink
  if (stats.isFIFO()) return TAR_TYPE.fifo
  if (stats.isCharacterDevice()) return TAR_TYPE.characterDevice
  if (stats.isBlockDevice()) return TAR_TYPE.blockDevice
  return undefined
}

/** Windows has no bits to execute: there the CLI makes everything executable and nothing writable for others. */
function modeOf(stats: Stats): number {
  return process.platform === 'win32' ? (stats.mode & 0o755) | 0o111 : stats.mode & 0o7777
}

/** Linux's encoding of `rdev`: 12 low bits of the major around 8 low bits of the minor, high bits above. Source: glibc makedev. */
function deviceNumbers(rdev: number): { deviceMajor: number; deviceMinor: number } {
  const device = BigInt(rdev)
  return {
    deviceMajor: Number(((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn)),
    deviceMinor: Number((device & 0xffn) | ((device >> 12n) & 0xffffff00n))
  }
}

/** A whole entry of our own making; mode 0600, as the docker CLI gives it, where no file stands behind it. */
function made(name: string, content: Buffer, stats?: Stats): Buffer {
  const header = encodeHeader({
    name,
    type: TAR_TYPE.file,
    mode: stats ? modeOf(stats) : 0o600,
    sizeBytes: content.length,
    modifiedAtS: Math.floor((stats?.mtimeMs ?? Date.now()) / 1000)
  })
  return Buffer.concat([header, content, Buffer.alloc(padding(content.length))])
}

function refused(path: string, cause?: unknown): PortolanError {
  const words = cause instanceof Error ? cause.message : undefined
  const isPermission =
    cause === undefined ||
    (cause instanceof Error &&
      'code' in cause &&
      (cause.code === 'EACCES' || cause.code === 'EPERM'))
  return new PortolanError(
    {
      code: isPermission ? 'permission-denied' : 'invalid-input',
      message: isPermission
        ? `You may not read “${nameText(path)}”, which belongs to the build context.`
        : `“${nameText(path)}”, which belongs to the build context, cannot be read.`,
      hint: 'Change its permissions, or leave it out with a line in .dockerignore.',
      ...(words !== undefined && { engineMessage: words }),
      subject: { kind: 'file', name: nameText(path) }
    },
    { cause }
  )
}
