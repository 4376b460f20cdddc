/** What may be spent on reading an archive. */
export interface Budget {
  readonly bytes: number
  readonly ms: number
}

/** Ends a reading whose budget is spent. */
export class BudgetSpent extends Error {}

/** Counts an archive's bytes and ends its reading where the budget is spent, in the middle of a large file too. */
export class Meter {
  readonly #budget: Budget
  readonly #until: number
  #bytes = 0

  constructor(budget: Budget) {
    this.#budget = budget
    this.#until = Date.now() + budget.ms
  }

  get readBytes(): number {
    return this.#bytes
  }

  async *watch(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of archive) {
      this.#bytes += chunk.length
      yield chunk
      if (this.#bytes > this.#budget.bytes || Date.now() > this.#until) throw new BudgetSpent()
    }
  }
}
