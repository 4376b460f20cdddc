/** Pieces that come in and are taken one by one; `onTaken` is called as each is. */
export class PieceQueue implements AsyncIterable<Uint8Array> {
  readonly #onTaken: () => void
  readonly #pieces: Uint8Array[] = []
  #isEnded = false
  #isIgnored = false
  #wake: () => void = () => undefined

  constructor(onTaken: () => void) {
    this.#onTaken = onTaken
  }

  push(piece: Uint8Array): void {
    if (this.#isIgnored) {
      this.#onTaken()
      return
    }
    this.#pieces.push(piece)
    this.#wake()
  }

  end(): void {
    this.#isEnded = true
    this.#wake()
  }

  /** Takes whatever comes, at once. */
  ignoreRest(): void {
    this.#isIgnored = true
    for (const _ of this.#pieces.splice(0)) this.#onTaken()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#pieces.shift()
      if (piece) {
        this.#onTaken()
        yield piece
      } else if (this.#isEnded) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }
}
