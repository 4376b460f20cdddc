/** The rate is the mean of so long, in ms. */
const RATE_MS = 3000

/** How fast bytes have come or gone of late. */
export class Rate {
  #samples: { readonly atMs: number; readonly bytes: number }[] = []

  /** `bytes` are all that there were until then. */
  add(atMs: number, bytes: number): void {
    this.#samples.push({ atMs, bytes })
    this.#samples = this.#samples.filter((sample) => sample.atMs > atMs - RATE_MS)
  }

  /** Absent while too little is known. */
  bytesPerSecond(): number | undefined {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (!first || !last || last.atMs - first.atMs < 200) return undefined
    return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000
  }
}
