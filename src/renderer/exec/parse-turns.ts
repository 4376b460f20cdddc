/** What parses: a terminal of xterm.js, whose callback comes when the bytes are parsed. */
export interface Parser {
  readonly write: (data: Uint8Array | string, parsed: () => void) => void
}

interface Piece {
  readonly data: Uint8Array | string
  readonly parsed: () => void
}

/**
 * How much may wait in all parsers together: some 5 ms of work. Each parser gives the window a pause after 12 ms of its own, and ten
 * that print at once would take 120 ms between two frames.
 */
const TURN_BYTES = 128 * 1024

/**
 * Lets the terminals of a window parse by turns, so that a frame comes between, however many print. One alone, and little output,
 * passes through at once.
 */
export class ParseTurns {
  /** In the order of their turns. */
  readonly #waiting = new Map<Parser, Piece[]>()
  readonly #parsing = new Map<Parser, number>()
  #bytes = 0

  /** Parses what comes for one terminal in its order, and calls back behind it. */
  write(parser: Parser, data: Uint8Array | string, parsed: () => void): void {
    const waiting = this.#waiting.get(parser)
    if (waiting) waiting.push({ data, parsed })
    else if (this.#bytes < TURN_BYTES) this.#give(parser, { data, parsed })
    else this.#waiting.set(parser, [{ data, parsed }])
  }

  /** For one that is disposed of: it never calls back. */
  forget(parser: Parser): void {
    this.#waiting.delete(parser)
    this.#bytes -= this.#parsing.get(parser) ?? 0
    this.#parsing.delete(parser)
    this.#next()
  }

  #give(parser: Parser, { data, parsed }: Piece): void {
    const bytes = data.length
    this.#bytes += bytes
    this.#parsing.set(parser, (this.#parsing.get(parser) ?? 0) + bytes)
    parser.write(data, () => {
      const before = this.#parsing.get(parser)
      if (before === undefined) return
      this.#parsing.set(parser, before - bytes)
      this.#bytes -= bytes
      parsed()
      this.#next()
    })
  }

  #next(): void {
    for (const [parser, pieces] of this.#waiting) {
      if (this.#bytes >= TURN_BYTES) return
      const piece = pieces.shift()
      // Behind the others, if it has more.
      this.#waiting.delete(parser)
      if (pieces.length > 0) this.#waiting.set(parser, pieces)
      if (piece) this.#give(parser, piece)
    }
  }
}
