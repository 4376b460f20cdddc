import type { LogStream } from '../../shared/logs/model'
import { FrameReader } from '../engine/frames'
import { ENTRY_BYTES, type Line } from './line'
import { parseStamp, STAMP_LIMIT } from './stamp'

const NEWLINE = 10
const SPACE = 32
/** A longer line becomes several rows: so much of one is held in memory until it ends. */
const LINE_LIMIT = 64 * 1024 * 1024

/**
 * Makes lines of what `GET /containers/{id}/logs?timestamps=1` sends. The engine keeps a long line in parts and writes the time before
 * each; and a program's last words may have no newline: what comes after them, with another time, is a line of its own.
 */
export class LineReader {
  readonly #frames: FrameReader | undefined
  readonly #out = new Assembler('stdout')
  readonly #err = new Assembler('stderr')

  /** @param isTty the container has a terminal: its log comes without frames, and all of it is stdout. */
  constructor(isTty: boolean) {
    this.#frames = isTty ? undefined : new FrameReader()
  }

  /** The lines that end in `chunk`. Errors: `protocol` for a broken frame. */
  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = []
    if (!this.#frames) {
      this.#out.push(asBuffer(chunk), lines, true)
      return lines
    }
    for (const { stream, bytes, isStart } of this.#frames.push(chunk)) {
      const assembler = stream === 'stderr' ? this.#err : this.#out
      if (isStart) assembler.startEntry()
      assembler.push(asBuffer(bytes), lines, false)
    }
    return lines
  }

  /** What was printed without a newline, once no more comes. */
  flush(): Line[] {
    const lines: Line[] = []
    this.#out.end(lines)
    this.#err.end(lines)
    return lines
  }
}

/** The lines of one stream. */
class Assembler {
  readonly #stream: LogStream
  #stamp: Buffer = Buffer.alloc(0)
  #awaitsStamp = true
  #isOpen = false
  #timeNs = 0n
  #parts: Buffer[] = []
  #length = 0
  /** Bytes of text since the last time that was written. */
  #sinceStamp = 0

  constructor(stream: LogStream) {
    this.#stream = stream
  }

  startEntry(): void {
    this.#awaitsStamp = true
    this.#stamp = Buffer.alloc(0)
  }

  push(bytes: Buffer, lines: Line[], isTty: boolean): void {
    let at = 0
    while (at < bytes.length) {
      if (this.#awaitsStamp) {
        at = this.#takeStamp(bytes, at, lines)
        continue
      }
      const newline = bytes.indexOf(NEWLINE, at)
      let end = newline < 0 ? bytes.length : newline
      if (isTty) end = Math.min(end, at + ENTRY_BYTES - this.#sinceStamp)
      this.#add(bytes.subarray(at, end), lines)
      at = end
      if (end === newline) {
        this.#emit(lines)
        this.#awaitsStamp = true
        at += 1
      } else if (isTty && this.#sinceStamp === ENTRY_BYTES) this.#awaitsStamp = true
    }
  }

  end(lines: Line[]): void {
    if (this.#isOpen) this.#emit(lines)
    this.startEntry()
  }

  /** Reads on until the time is whole; answers where the text begins. */
  #takeStamp(bytes: Buffer, at: number, lines: Line[]): number {
    const room = STAMP_LIMIT - this.#stamp.length
    const space = bytes.subarray(at, at + room).indexOf(SPACE)
    const end = space < 0 ? Math.min(bytes.length, at + room) : at + space
    this.#stamp =
      this.#stamp.length === 0
        ? bytes.subarray(at, end)
        : Buffer.concat([this.#stamp, bytes.subarray(at, end)])
    if (space < 0 && this.#stamp.length < STAMP_LIMIT) return end
    const stamp = this.#stamp
    this.#awaitsStamp = false
    this.#stamp = Buffer.alloc(0)
    const timeNs = parseStamp(stamp)
    if (timeNs === undefined) {
      // No time, against all we know: then it is text.
      this.#isOpen = true
      this.push(Buffer.from(stamp), lines, false)
      return end
    }
    if (this.#isOpen && timeNs !== this.#timeNs) this.#emit(lines)
    this.#isOpen = true
    this.#timeNs = timeNs
    this.#sinceStamp = 0
    return end + 1
  }

  #add(text: Buffer, lines: Line[]): void {
    this.#sinceStamp += text.length
    if (this.#length + text.length > LINE_LIMIT) {
      const room = LINE_LIMIT - this.#length
      this.#parts.push(text.subarray(0, room))
      this.#length = LINE_LIMIT
      this.#emit(lines)
      this.#isOpen = true
      this.#parts.push(text.subarray(room))
      this.#length = text.length - room
      return
    }
    this.#parts.push(text)
    this.#length += text.length
  }

  #emit(lines: Line[]): void {
    const [only] = this.#parts
    const text = this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts, this.#length)
    lines.push({ stream: this.#stream, timeNs: this.#timeNs, text })
    this.#parts = []
    this.#length = 0
    this.#isOpen = false
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
