/** The hits in one segment, as row numbers in their order: four bytes each. */
export class HitList {
  #rows = new Uint32Array(64)
  #count = 0
  #scannedRows = 0

  get count(): number {
    return this.#count
  }

  /** Rows that were searched. */
  get scannedRows(): number {
    return this.#scannedRows
  }

  /** Adds hits that come after all others. */
  add(hits: Uint32Array, scannedRows: number): void {
    const count = this.#count + hits.length
    if (count > this.#rows.length) {
      const larger = new Uint32Array(Math.max(count, this.#rows.length * 2))
      larger.set(this.#rows.subarray(0, this.#count))
      this.#rows = larger
    }
    this.#rows.set(hits, this.#count)
    this.#count = count
    this.#scannedRows = scannedRows
  }

  at(index: number): number {
    return this.#rows[index] ?? 0
  }

  /** How many hits are in rows before this one. */
  countBefore(row: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) < row) low = middle + 1
      else high = middle
    }
    return low
  }
}
