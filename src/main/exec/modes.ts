/** The longest mode sequence that is looked for: longer ones are not sent by anybody. */
const LONGEST = 64

/** Private modes (`CSI ? n h`) that a program leaves on for what comes later, and whose loss would show. */
const KEPT = new Set([
  1, 6, 7, 9, 25, 47, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1047, 1049, 2004
])

// oxlint-disable-next-line no-control-regex -- escape sequences begin with one
const SEQUENCE = /^\u001b(?:\[\?([\d;]{1,48})([hl])|\[!p|c|=|>)/

/**
 * Which modes of a terminal the bytes so far have set: alternate screen, mouse reports, bracketed paste, hidden cursor. Works on
 * bytes cut anywhere, and skips text at the speed of a search.
 */
export class TerminalModes {
  readonly #set = new Map<number, 'h' | 'l'>()
  #keypad = false
  #rest: Buffer = Buffer.alloc(0)

  push(bytes: Uint8Array): void {
    const text = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bufferOf(bytes)
    this.#rest = Buffer.alloc(0)
    for (let at = text.indexOf(0x1b); at >= 0; at = text.indexOf(0x1b, at + 1)) {
      const sequence = text.toString('latin1', at, at + LONGEST)
      const found = SEQUENCE.exec(sequence)
      if (found) this.#apply(found)
      else if (sequence.length < LONGEST && at + LONGEST > text.length) {
        // It may go on in the next bytes; what follows another escape in it is looked at then.
        this.#rest = Buffer.from(text.subarray(at))
        return
      }
    }
  }

  /** What sets a fresh terminal to these modes; empty for its own. */
  restore(): string {
    const modes = [...this.#set].map(([mode, on]) => `\u001b[?${mode}${on}`)
    return modes.join('') + (this.#keypad ? '\u001b=' : '')
  }

  #apply([sequence, modes, on]: RegExpExecArray): void {
    if (sequence === '\u001b=' || sequence === '\u001b>') this.#keypad = sequence === '\u001b='
    else if (modes === undefined) {
      this.#set.clear()
      this.#keypad = false
    } else {
      for (const mode of modes.split(';').map(Number)) {
        if (!KEPT.has(mode)) continue
        this.#set.delete(mode)
        this.#set.set(mode, on === 'h' ? 'h' : 'l')
      }
    }
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
