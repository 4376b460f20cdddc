import { PortolanError } from '../../shared/bridge/errors'

/** Which of a process's streams bytes belong to. `system` is the engine speaking inside the stream (type 3, `systemerr`). */
export type FrameStream = 'stdin' | 'stdout' | 'stderr' | 'system'

/** Bytes of one stream. A frame that arrives in several chunks comes as several pieces, none of them copied or held back. */
export interface FramePiece {
  readonly stream: FrameStream
  readonly bytes: Uint8Array
  /** Whether a frame begins with this piece: a log has one entry a frame. */
  readonly isStart: boolean
}

const STREAMS: readonly FrameStream[] = ['stdin', 'stdout', 'stderr', 'system']
const HEADER_BYTES = 8

/**
 * Takes apart what attach, exec and logs send for a process without a TTY: frames of an 8-byte header
 * `[stream, 0, 0, 0, length as big-endian uint32]` and a payload. Linear in the bytes, holds at most one header, whatever a
 * frame claims to be long. Source: engine API, "Attach to a container", stream format; moby `pkg/stdcopy`.
 */
export class FrameReader {
  readonly #header = new Uint8Array(HEADER_BYTES)
  #headerLength = 0
  #payloadLeft = 0
  #stream: FrameStream = 'stdout'
  #isStart = false

  /** The pieces in `chunk`, in order. Errors: `protocol` for a header that is none. */
  push(chunk: Uint8Array): FramePiece[] {
    const pieces: FramePiece[] = []
    let offset = 0
    while (offset < chunk.length) {
      if (this.#payloadLeft === 0) {
        offset += this.#takeHeader(chunk, offset)
        continue
      }
      const bytes = chunk.subarray(offset, offset + this.#payloadLeft)
      pieces.push({ stream: this.#stream, bytes, isStart: this.#isStart })
      this.#isStart = false
      this.#payloadLeft -= bytes.length
      offset += bytes.length
    }
    return pieces
  }

  /** To be called when the stream ended. Errors: `protocol` when it ended inside a frame. */
  end(): void {
    if (this.#headerLength === 0 && this.#payloadLeft === 0) return
    throw new PortolanError({
      code: 'protocol',
      message: 'The engine’s stream was cut in the middle of a frame.',
      retryable: true
    })
  }

  #takeHeader(chunk: Uint8Array, offset: number): number {
    const part = chunk.subarray(offset, offset + HEADER_BYTES - this.#headerLength)
    this.#header.set(part, this.#headerLength)
    this.#headerLength += part.length
    if (this.#headerLength < HEADER_BYTES) return part.length
    this.#headerLength = 0
    const stream = STREAMS[this.#header[0] ?? STREAMS.length]
    if (stream === undefined || this.#header.subarray(1, 4).some((byte) => byte !== 0)) {
      throw new PortolanError({
        code: 'protocol',
        message: 'The engine sent a frame with a header that is none.',
        engineMessage: Buffer.from(this.#header).toString('hex')
      })
    }
    this.#stream = stream
    this.#isStart = true
    this.#payloadLeft = new DataView(this.#header.buffer).getUint32(4)
    return part.length
  }
}
