import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { PortolanError } from '../../shared/bridge/errors'
import { cancelled, type Transfer } from '../archive/save-whole'
import { readTar } from '../tar/reader'
import { ArchiveRules } from './archive-rules'

const CHUNK_BYTES = 1024 * 1024

/** How a file begins that we cannot look into, and what packs like that. */
const OTHERS: readonly [magic: string, name: string][] = [
  ['28b52ffd', 'zstd'],
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['504b0304', 'zip']
]

/** An archive on this machine's disk, held open: what was checked is what is sent. */
export class LocalArchive {
  readonly #file: FileHandle
  readonly #path: string
  readonly #checkedMs: number
  readonly sizeBytes: number

  private constructor(file: FileHandle, path: string, sizeBytes: number, modifiedMs: number) {
    this.#file = file
    this.#path = path
    this.sizeBytes = sizeBytes
    this.#checkedMs = modifiedMs
  }

  /** Errors: `permission-denied`, `invalid-input` for what cannot be read here. */
  static async open(path: string): Promise<LocalArchive> {
    try {
      const file = await open(path)
      const stats = await file.stat()
      if (stats.isFile()) return new LocalArchive(file, path, stats.size, stats.mtimeMs)
      await file.close()
    } catch (thrown) {
      throw unreadable(path, thrown)
    }
    throw unreadable(path)
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /**
   * Reads it through, packed by gzip or not, and checks that all of it can be unpacked and stays inside.
   * Errors: `invalid-input` for a broken archive and for one that leads out, `unsupported` for what we cannot look into, `cancelled`.
   */
  async check({ signal, onBytes }: Transfer): Promise<ArchiveRules> {
    const rules = new ArchiveRules()
    const raw = this.read(onBytes)
    const unpacked = (await this.#isGzip()) ? raw.pipe(createGunzip()) : raw
    raw.once('error', (error) => unpacked.destroy(error))
    const chunks = unpacked[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
    // The reader is done at the end mark; the checksum of gzip comes behind it.
    const forReader = { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) }
    try {
      for await (const entry of readTar(forReader)) {
        if (signal.aborted) throw cancelled()
        rules.check(entry)
      }
      while (!(await chunks.next()).done);
      return rules
    } catch (thrown) {
      throw inWords(thrown)
    } finally {
      raw.destroy()
      unpacked.destroy()
    }
  }

  /** All its bytes as they are. */
  read(onBytes: (count: number) => void): Readable {
    return Readable.from(this.#chunks(onBytes), { objectMode: false })
  }

  /** Not a stream of the file itself: one that is destroyed closes it. */
  async *#chunks(onBytes: (count: number) => void): AsyncGenerator<Uint8Array> {
    for (let at = 0; ;) {
      const { buffer, bytesRead } = await this.#file.read(
        Buffer.alloc(CHUNK_BYTES),
        0,
        CHUNK_BYTES,
        at
      )
      if (bytesRead === 0) return
      at += bytesRead
      onBytes(bytesRead)
      yield buffer.subarray(0, bytesRead)
    }
  }

  /** Errors: `conflict` where somebody has written to it since it was opened. */
  async assertUnchanged(): Promise<void> {
    const stats = await this.#file.stat()
    if (stats.size === this.sizeBytes && stats.mtimeMs === this.#checkedMs) return
    throw new PortolanError({
      code: 'conflict',
      message: 'The archive was changed while it was read.',
      hint: 'Nothing was unpacked. Wait until it is written, and try again.',
      subject: { kind: 'file', name: this.#path }
    })
  }

  async #isGzip(): Promise<boolean> {
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(6), 0, 6, 0)
    const head = buffer.toString('hex', 0, bytesRead)
    if (head.startsWith('1f8b')) return true
    const other = OTHERS.find(([magic]) => head.startsWith(magic))
    if (!other) return false
    throw new PortolanError({
      code: 'unsupported',
      message: `This archive is packed by ${other[1]}, which Portolan cannot look into.`,
      hint: 'Unpack it to a .tar, or pack it by gzip.',
      subject: { kind: 'file', name: this.#path }
    })
  }
}

function inWords(thrown: unknown): unknown {
  const isOfZlib =
    thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_')
  const isOfTar = thrown instanceof PortolanError && thrown.code === 'protocol'
  if (!isOfZlib && !isOfTar) return thrown
  const why = isOfTar ? (thrown.data.engineMessage ?? 'it ends in the middle') : thrown.message
  return new PortolanError(
    {
      code: 'invalid-input',
      message: `This is no whole archive: ${why}.`,
      hint: 'Nothing was unpacked. Copy it again from where it came from, or take another.'
    },
    { cause: thrown }
  )
}

function unreadable(path: string, cause?: unknown): PortolanError {
  const refused =
    cause instanceof Error && 'code' in cause && (cause.code === 'EACCES' || cause.code === 'EPERM')
  return new PortolanError(
    {
      code: refused ? 'permission-denied' : 'invalid-input',
      message: refused ? `You may not read “${path}”.` : `“${path}” is no file that can be read.`,
      hint: 'Choose another archive.',
      subject: { kind: 'file', name: path }
    },
    { cause }
  )
}
