import type { SessionMark } from '../../shared/exec/model'
import { TerminalModes } from './modes'

/** Bytes kept of a session: some 50,000 lines, several times what a window's terminal scrolls back. */
const KEPT_BYTES = 4 * 1024 * 1024

/** Bytes are kept in blocks, so that a keystroke's echo costs no object of its own. */
const BLOCK_BYTES = 64 * 1024

/** How far into what is left a place is looked for where nothing is cut in two. */
const CUT_SEARCH_BYTES = 16 * 1024

interface Block {
  /** Offset of its first byte, counted from the session's first. */
  readonly start: number
  readonly bytes: Buffer
  length: number
}

/** A place in a transcript: bytes and marks that lie before it. */
export interface TranscriptPlace {
  readonly byte: number
  readonly mark: number
}

/** What lies at a place, and the place behind it. */
export interface TranscriptPiece {
  readonly what: Uint8Array | { readonly mark: SessionMark }
  readonly next: TranscriptPlace
}

/**
 * What a session has printed, byte by byte, with the marks of ours between; bounded: the oldest bytes go, and the modes that they had
 * set are remembered, so that what is left shows in a fresh terminal as it did in the first.
 */
export class Transcript {
  readonly #blocks: Block[] = []
  readonly #marks: { readonly at: number; readonly mark: SessionMark }[] = []
  #forgottenMarks = 0
  readonly #forgotten = new TerminalModes()
  readonly #keptBytes: number
  #end = 0

  constructor(keptBytes = KEPT_BYTES) {
    this.#keptBytes = keptBytes
  }

  /** The place behind all that there is. */
  get end(): TranscriptPlace {
    return { byte: this.#end, mark: this.#forgottenMarks + this.#marks.length }
  }

  push(bytes: Uint8Array): void {
    let taken = 0
    while (taken < bytes.length) {
      const block = this.#roomy()
      const part = bytes.subarray(taken, taken + BLOCK_BYTES - block.length)
      block.bytes.set(part, block.length)
      block.length += part.length
      taken += part.length
      this.#end += part.length
    }
    this.#forget()
  }

  mark(mark: SessionMark): void {
    this.#marks.push({ at: this.#end, mark })
  }

  /** Where a fresh terminal begins: the first place that is kept, and what must be written to it before (empty when nothing was cut). */
  begin(): { readonly place: TranscriptPlace; readonly before: string; readonly cut: boolean } {
    const first = this.#blocks[0]
    if (!first || first.start === 0) return { place: { byte: 0, mark: 0 }, before: '', cut: false }
    const byte = first.start + wholeFrom(first.bytes.subarray(0, first.length))
    return {
      place: { byte, mark: this.#forgottenMarks },
      before: this.#forgotten.restore(),
      cut: true
    }
  }

  /** What lies at a place, within one block; undefined at the end. A place that is gone counts as the first that is kept. */
  read(place: TranscriptPlace): TranscriptPiece | undefined {
    const index = Math.max(place.mark - this.#forgottenMarks, 0)
    const next = this.#marks[index]
    const first = this.#blocks[0]
    const byte = Math.max(place.byte, first?.start ?? 0)
    if (next && next.at <= byte) {
      return {
        what: { mark: next.mark },
        next: { byte, mark: this.#forgottenMarks + index + 1 }
      }
    }
    const block = first && this.#blocks[Math.floor((byte - first.start) / BLOCK_BYTES)]
    if (!block || byte >= this.#end) return undefined
    const stop = Math.min(block.start + block.length, next?.at ?? this.#end)
    return {
      what: block.bytes.subarray(byte - block.start, stop - block.start),
      next: { byte: stop, mark: this.#forgottenMarks + index }
    }
  }

  #roomy(): Block {
    const last = this.#blocks.at(-1)
    if (last && last.length < BLOCK_BYTES) return last
    const block = { start: this.#end, bytes: Buffer.allocUnsafeSlow(BLOCK_BYTES), length: 0 }
    this.#blocks.push(block)
    return block
  }

  #forget(): void {
    while (this.#end - (this.#blocks[0]?.start ?? 0) > this.#keptBytes + BLOCK_BYTES) {
      const block = this.#blocks.shift()
      if (!block) return
      this.#forgotten.push(block.bytes.subarray(0, block.length))
      while ((this.#marks[0]?.at ?? Infinity) < block.start + block.length) {
        this.#marks.shift()
        this.#forgottenMarks += 1
      }
    }
  }
}

/** The first offset at which no sequence and no character is cut in two: behind a line's end, or at an escape. */
function wholeFrom(bytes: Buffer): number {
  const near = bytes.subarray(0, CUT_SEARCH_BYTES)
  const line = near.indexOf(0x0a)
  if (line >= 0) return line + 1
  const escape = near.indexOf(0x1b)
  if (escape >= 0) return escape
  // One long line: only its first character may be cut.
  const whole = near.findIndex((byte) => (byte & 0xc0) !== 0x80)
  return Math.max(whole, 0)
}
