import { open, rm, type FileHandle } from 'node:fs/promises'
import { PortolanError } from '../../shared/bridge/errors'

/** Bytes of one row's record in the index: time, offset, length, source, kind. */
export const RECORD_BYTES = 24
/** Whoever appends waits when so much is not on the disk yet. */
const QUEUE_BYTES = 4 * 1024 * 1024

/** What a row is: a line of a stream, or a seam whose text is its JSON. */
export type RowKind = 'stdout' | 'stderr' | 'seam'
export const KINDS: readonly RowKind[] = ['stdout', 'stderr', 'seam']

/** A row to be kept. */
export interface StoredRow {
  readonly timeNs: bigint
  readonly source: number
  readonly kind: RowKind
  readonly text: Buffer
}

/** What the index tells of a row. */
export interface RowRecord {
  readonly timeNs: bigint
  readonly source: number
  readonly kind: RowKind
  /** Where its text is in the text file. */
  readonly offset: number
  readonly sizeBytes: number
}

/**
 * Rows in two files: their texts, a line each, and an index of fixed-size records, so that any row is found by arithmetic and nothing
 * of it is in memory. Only appended to. Its ids are its own, from zero.
 */
export class Segment {
  readonly textPath: string
  readonly indexPath: string
  readonly #texts: FileHandle
  readonly #records: FileHandle
  #queue: StoredRow[] = []
  #queuedBytes = 0
  #writing: Promise<void> | undefined
  /** A file is closed when nobody reads it any more. */
  readonly #reading = new Set<Promise<unknown>>()
  #count = 0
  #writtenCount = 0
  #sizeBytes = 0
  #failure: unknown

  private constructor(path: string, texts: FileHandle, records: FileHandle) {
    this.textPath = `${path}.text`
    this.indexPath = `${path}.index`
    this.#texts = texts
    this.#records = records
  }

  /** Makes the files `PATH.text` and `PATH.index`. Errors: those of the file system. */
  static async create(path: string): Promise<Segment> {
    const texts = await open(`${path}.text`, 'wx+', 0o600)
    try {
      return new Segment(path, texts, await open(`${path}.index`, 'wx+', 0o600))
    } catch (thrown) {
      await texts.close()
      throw thrown
    }
  }

  get count(): number {
    return this.#count
  }

  /** Rows that are on the disk: others may read them by the paths. */
  get writtenCount(): number {
    return this.#writtenCount
  }

  /** Bytes of both files, what is still being written included. */
  get sizeBytes(): number {
    return this.#sizeBytes + this.#count * RECORD_BYTES
  }

  /** Appends rows; resolves when it takes more. Errors: those of the file system. */
  async append(rows: readonly StoredRow[]): Promise<void> {
    this.#check()
    if (rows.length === 0) return
    for (const row of rows) {
      this.#queue.push(row)
      this.#queuedBytes += row.text.length + 1
      this.#sizeBytes += row.text.length + 1
    }
    this.#count += rows.length
    this.#writing ??= this.#write()
    if (this.#queuedBytes > QUEUE_BYTES) await this.flush()
  }

  /** Resolves when all that was appended is on the disk. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing
    this.#check()
  }

  /** The records of rows `from` to `from + count`, as far as they are there. */
  async records(from: number, count: number): Promise<RowRecord[]> {
    if (this.#writtenCount < Math.min(from + count, this.#count)) await this.flush()
    const first = Math.max(0, from)
    const wanted = Math.max(0, Math.min(from + count, this.#writtenCount) - first)
    const bytes = Buffer.alloc(wanted * RECORD_BYTES)
    await this.#read(this.#records, bytes, first * RECORD_BYTES)
    return Array.from({ length: wanted }, (_, index) => readRecord(bytes, index * RECORD_BYTES))
  }

  /** A row's text, at most `limitBytes` of it. */
  async text(record: RowRecord, limitBytes: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.min(record.sizeBytes, limitBytes))
    await this.#read(this.#texts, bytes, record.offset)
    return bytes
  }

  /** The texts of rows that follow each other, each at most `limitBytes`; read at once where they are small. */
  async textsOf(records: readonly RowRecord[], limitBytes: number): Promise<Buffer[]> {
    const [first] = records
    const last = records.at(-1)
    if (!first || !last) return []
    const length = last.offset + last.sizeBytes - first.offset
    if (length > records.length * limitBytes || length > QUEUE_BYTES)
      return Promise.all(records.map((record) => this.text(record, limitBytes)))
    const bytes = Buffer.alloc(length)
    await this.#read(this.#texts, bytes, first.offset)
    return records.map(({ offset, sizeBytes }) => {
      const start = offset - first.offset
      return bytes.subarray(start, start + Math.min(sizeBytes, limitBytes))
    })
  }

  /** The first row at or after a time, by halving: `count` where all are before. Rows a little out of order are no matter. */
  async seek(timeNs: bigint): Promise<number> {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const [record] = await this.records(middle, 1)
      if (record && record.timeNs < timeNs) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Closes and removes the files. */
  async remove(): Promise<void> {
    this.#failure ??= new PortolanError({ code: 'cancelled', message: 'The log view is closed.' })
    await Promise.allSettled([this.#writing, ...this.#reading])
    await Promise.all([this.#texts.close(), this.#records.close()])
    await Promise.all([rm(this.textPath, { force: true }), rm(this.indexPath, { force: true })])
  }

  async #read(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
    this.#check()
    const reading = file.read(bytes, 0, bytes.length, position)
    this.#reading.add(reading)
    await reading.finally(() => this.#reading.delete(reading))
  }

  #check(): void {
    if (this.#failure) throw this.#failure
  }

  async #write(): Promise<void> {
    let end = this.#sizeBytes - this.#queuedBytes
    while (this.#queue.length > 0 && !this.#failure) {
      const rows = this.#queue
      const bytes = this.#queuedBytes
      this.#queue = []
      const texts = Buffer.allocUnsafe(bytes)
      const records = Buffer.alloc(rows.length * RECORD_BYTES)
      let at = 0
      for (const [index, row] of rows.entries()) {
        writeRecord(records, index * RECORD_BYTES, row, end + at)
        at += row.text.copy(texts, at)
        texts[at++] = 10
      }
      try {
        await writeAll(this.#texts, texts)
        await writeAll(this.#records, records)
      } catch (thrown) {
        this.#failure = thrown
      }
      end += bytes
      this.#queuedBytes -= bytes
      this.#writtenCount += rows.length
    }
    this.#writing = undefined
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;)
    at += (await file.write(bytes, at, bytes.length - at, null)).bytesWritten
}

function writeRecord(bytes: Buffer, at: number, row: StoredRow, offset: number): void {
  bytes.writeBigInt64LE(row.timeNs, at)
  bytes.writeDoubleLE(offset, at + 8)
  bytes.writeUInt32LE(row.text.length, at + 16)
  bytes.writeUInt16LE(row.source, at + 20)
  bytes.writeUInt8(KINDS.indexOf(row.kind), at + 22)
}

function readRecord(bytes: Buffer, at: number): RowRecord {
  return {
    timeNs: bytes.readBigInt64LE(at),
    offset: bytes.readDoubleLE(at + 8),
    sizeBytes: bytes.readUInt32LE(at + 16),
    source: bytes.readUInt16LE(at + 20),
    kind: KINDS[bytes.readUInt8(at + 22)] ?? 'stdout'
  }
}
