/** A saved run form: the `docker run` line that it makes. */
export interface Recipe {
  /** Unique; saving under it again replaces it. */
  readonly name: string
  readonly line: string
  /** Variables whose values were not kept, because their names speak of secrets. */
  readonly asked: readonly string[]
  readonly savedAtMs: number
}
