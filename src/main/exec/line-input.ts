/** What the keys of one message come to. */
export interface LineKeys {
  /** To be shown: the echo of what was typed. */
  readonly echo: string
  /** To be sent to the process: whole lines. */
  readonly send: string
  /** Ctrl+D on an empty line: there is no more input. */
  readonly isOver: boolean
  /** Ctrl+C. */
  readonly interrupts: boolean
}

const BACKSPACE = '\b \b'

/** A pasted text's marks, and keys that move a cursor: they mean nothing here. */
// oxlint-disable-next-line no-control-regex -- they come as escapes
const NO_TEXT = /\u001b(\[[\d;]*[ -/]*[@-~]|O.|.?)/gu

/**
 * The line editor that a process without a terminal of its own gets, as a person's terminal gives it to `docker attach`: what is typed
 * is shown, Backspace, Ctrl+W and Ctrl+U take back, Enter sends, Ctrl+D on an empty line ends the input.
 */
export class LineInput {
  readonly #decoder = new TextDecoder()
  #line: string[] = []

  push(bytes: Uint8Array): LineKeys {
    const keys = { echo: '', send: '', isOver: false, interrupts: false }
    const text = this.#decoder.decode(bytes, { stream: true }).replace(NO_TEXT, '')
    for (const key of text) {
      if (key === '\r' || key === '\n') {
        keys.send += `${this.#line.join('')}\n`
        keys.echo += '\r\n'
        this.#line = []
      } else if (key === '\u0003') {
        keys.echo += '^C\r\n'
        keys.interrupts = true
        this.#line = []
      } else if (key === '\u0004') {
        if (this.#line.length === 0) keys.isOver = true
        else keys.send += this.#line.splice(0).join('')
      } else if (key === '\u007f' || key === '\b') keys.echo += this.#takeBack(1)
      else if (key === '\u0015') keys.echo += this.#takeBack(this.#line.length)
      else if (key === '\u0017') keys.echo += this.#takeBack(this.#lastWord())
      else if (key === '\t' || key >= ' ') {
        this.#line.push(key)
        keys.echo += key
      }
    }
    return keys
  }

  #takeBack(count: number): string {
    return this.#line
      .splice(Math.max(this.#line.length - count, 0))
      .map((key) => (isWide(key) ? BACKSPACE + BACKSPACE : BACKSPACE))
      .join('')
  }

  #lastWord(): number {
    return /\S*\s*$/.exec(this.#line.join(''))?.[0].length ?? 0
  }
}

/** Whether a character takes two cells: near enough for taking it back. */
function isWide(key: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    key
  )
}
