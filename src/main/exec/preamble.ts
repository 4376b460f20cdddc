/** What the script that opens a shell says before the shell is there. */
export type PreambleWord =
  | { readonly word: 'pid'; readonly pid: number; readonly shell: string }
  | { readonly word: 'none' }
  | { readonly word: 'go' }

/**
 * Reads the lines of the script that opens a shell and keeps them, with the terminal's echo of our own empty line, from being
 * shown. Works on bytes cut anywhere; what does not come from us is kept in {@link foreign} for whoever explains a failure.
 */
export class Preamble {
  readonly #nonce: string
  #pending: Buffer = Buffer.alloc(0)
  #foreign = ''

  /** `nonce` must be a word that nothing else prints. */
  constructor(nonce: string) {
    this.#nonce = nonce
  }

  /** What came that was not the script: the engine's words when there was nothing to run. At most 4,096 characters. */
  get foreign(): string {
    return (this.#foreign + this.#pending.toString()).slice(0, LONGEST_FOREIGN).trim()
  }

  /** Bytes that came after the last line read: after `go` they are the shell's. */
  get rest(): Uint8Array {
    return this.#pending
  }

  /** The next word, once its line is complete, else undefined. */
  push(chunk: Uint8Array): PreambleWord | undefined {
    this.#pending = Buffer.concat([this.#pending, chunk])
    for (;;) {
      const end = this.#pending.indexOf(NEWLINE)
      if (end < 0) return undefined
      const line = this.#pending.subarray(0, end).toString().replaceAll('\r', '')
      this.#pending = this.#pending.subarray(end + 1)
      const word = this.#wordOf(line)
      if (word) return word
      if (this.#foreign.length < LONGEST_FOREIGN) this.#foreign += `${line}\n`
    }
  }

  #wordOf(line: string): PreambleWord | undefined {
    // Not only at the line's start: the echo of our line, or a start-up file's words, may stand before it.
    const start = line.lastIndexOf(`${this.#nonce} `)
    if (start < 0) return undefined
    const [word, pid, ...shell] = line.slice(start + this.#nonce.length + 1).split(' ')
    if (word === 'none' || word === 'go') return { word }
    if (word === 'pid' && pid && /^\d+$/.test(pid))
      return { word, pid: Number(pid), shell: shell.join(' ') }
    return undefined
  }
}

const NEWLINE = 0x0a
const LONGEST_FOREIGN = 4096
