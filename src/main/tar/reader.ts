import { PortolanError } from '../../shared/bridge/errors'
import { padding } from './header'

const BLOCK = 512
/** A longer extended header (a name of a megabyte) is no archive of an engine. */
const MOST_EXTENDED_BYTES = 1024 * 1024

/** What an archive says of one entry. Names are bytes: a `latin1` string, one character a byte. */
export interface TarEntry {
  readonly name: string
  /** ustar's type flag, see `TAR_TYPE`; unknown ones come as they are. */
  readonly type: string
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number
  readonly sizeBytes: number
  readonly modifiedAtMs: number
  readonly uid: number
  readonly gid: number
  readonly linkName: string
  /** The entry's bytes; what is not read of them is skipped when the next entry is asked for. */
  readonly content: AsyncIterable<Uint8Array>
}

/**
 * Reads a tar entry by entry, at the pace of whoever asks. Our own, since a name need not be UTF-8 and must come in all the same, and
 * since contents that nobody wants are skipped without being looked at.
 * Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header Block"; GNU tar's long names and base-256 numbers.
 * Errors: `protocol` for a damaged archive, and for one that ends in the middle.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = new ByteSource(source)
  let extended = new Map<string, string>()
  try {
    for (;;) {
      const block = await bytes.take(BLOCK)
      if (block.every((byte) => byte === 0)) return
      const base = parseBlock(block)
      if (base.type === 'x' || base.type === 'g' || base.type === 'L' || base.type === 'K') {
        if (base.sizeBytes > MOST_EXTENDED_BYTES) throw damaged('a header is too large')
        const body = await bytes.take(base.sizeBytes)
        await bytes.skip(padding(base.sizeBytes))
        if (base.type === 'x') extended = new Map([...extended, ...parseRecords(body)])
        else if (base.type === 'L') extended.set('path', untilZero(body))
        else if (base.type === 'K') extended.set('linkpath', untilZero(body))
        continue
      }
      const entry = extend(base, extended)
      extended = new Map()
      const content = new Content(bytes, entry.sizeBytes)
      yield { ...entry, content }
      await content.skipRest()
    }
  } finally {
    await bytes.close()
  }
}

type Header = Omit<TarEntry, 'content'>

function parseBlock(block: Buffer): Header {
  let sum = 8 * 0x20
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0
  if (sum !== number(block, 148, 8)) throw damaged('a header’s checksum is wrong')
  const type = String.fromCharCode(block[156] ?? 0)
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isPosix ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    // A zero byte is what a file had before ustar.
    type: type === '\0' ? '0' : type,
    mode: number(block, 100, 8) & 0o7777,
    uid: number(block, 108, 8),
    gid: number(block, 116, 8),
    sizeBytes: number(block, 124, 12),
    modifiedAtMs: number(block, 136, 12) * 1000,
    linkName: text(block, 157, 100)
  }
}

function extend(base: Header, records: ReadonlyMap<string, string>): Header {
  const told = (key: string, otherwise: number): number => {
    const value = Number(records.get(key) ?? Number.NaN)
    return Number.isFinite(value) ? value : otherwise
  }
  return {
    ...base,
    name: records.get('path') ?? base.name,
    linkName: records.get('linkpath') ?? base.linkName,
    uid: told('uid', base.uid),
    gid: told('gid', base.gid),
    sizeBytes: told('size', base.sizeBytes),
    modifiedAtMs: Math.floor(told('mtime', base.modifiedAtMs / 1000) * 1000)
  }
}

/** PAX records, `length key=value\n`; values stay bytes. */
function parseRecords(body: Buffer): Map<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(0x20, at)
    const length = Number(body.toString('latin1', at, space))
    if (space < 0 || !Number.isInteger(length) || length <= space - at || at + length > body.length)
      throw damaged('an extended header is wrong')
    const record = body.toString('latin1', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}

/** An octal number, or GNU's base 256 (the first bit set). */
function number(block: Buffer, offset: number, width: number): number {
  const first = block[offset] ?? 0
  if (first < 0x80) {
    const digits = text(block, offset, width).trim()
    return digits === '' ? 0 : Number.parseInt(digits, 8)
  }
  let value = first & 0x40 ? first - 0x100 : first & 0x7f
  for (let at = offset + 1; at < offset + width; at++) value = value * 256 + (block[at] ?? 0)
  return value
}

function text(block: Buffer, offset: number, width: number): string {
  return untilZero(block.subarray(offset, offset + width))
}

function untilZero(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
}

function damaged(words: string): PortolanError {
  return new PortolanError({
    code: 'protocol',
    message: 'The engine’s archive is damaged.',
    engineMessage: words
  })
}

/** One entry's bytes, in the pieces in which they came. */
class Content implements AsyncIterable<Uint8Array> {
  readonly #bytes: ByteSource
  readonly #padding: number
  #left: number

  constructor(bytes: ByteSource, sizeBytes: number) {
    this.#bytes = bytes
    this.#left = sizeBytes
    this.#padding = padding(sizeBytes)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) {
      const piece = await this.#bytes.some(this.#left)
      this.#left -= piece.length
      yield piece
    }
  }

  async skipRest(): Promise<void> {
    const left = this.#left
    this.#left = 0
    await this.#bytes.skip(left + this.#padding)
  }
}

/** Bytes by count, from chunks of any size. */
class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>
  #chunk: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }

  /** Between one byte and `most`, as many as are there. */
  async some(most: number): Promise<Buffer> {
    while (this.#chunk.length === 0) {
      const next = await this.#chunks.next()
      if (next.done) {
        throw new PortolanError({
          code: 'protocol',
          message: 'The engine ended the archive in the middle.',
          retryable: true
        })
      }
      this.#chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    }
    const piece = this.#chunk.subarray(0, most)
    this.#chunk = this.#chunk.subarray(piece.length)
    return piece
  }

  async take(count: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    for (let left = count; left > 0;) {
      const piece = await this.some(left)
      pieces.push(piece)
      left -= piece.length
    }
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) left -= (await this.some(left)).length
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}
