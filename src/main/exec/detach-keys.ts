const CTRL_P = 0x10
const CTRL_Q = 0x11

/**
 * Looks for Ctrl+P Ctrl+Q in what is typed, as `docker attach` does: a Ctrl+P is held back until the next key, for the program must
 * not act on the first half of a detach.
 */
export class DetachKeys {
  #held = false

  /** What is to be sent, and whether the person detaches (then what follows is theirs no more). */
  push(bytes: Uint8Array): { readonly send: Uint8Array; readonly detaches: boolean } {
    const send: number[] = []
    for (const byte of bytes) {
      if (this.#held && byte === CTRL_Q) {
        this.#held = false
        return { send: Uint8Array.from(send), detaches: true }
      }
      if (this.#held) send.push(CTRL_P)
      this.#held = byte === CTRL_P
      if (!this.#held) send.push(byte)
    }
    return { send: Uint8Array.from(send), detaches: false }
  }
}
