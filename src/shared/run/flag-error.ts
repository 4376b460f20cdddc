/** Why a flag's value cannot be taken, in the words of the docker CLI. */
export class FlagError extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

/** How a flag's value is read from its text and written again. `read` throws a {@link FlagError}. */
export interface Codec<T> {
  readonly read: (text: string) => T
  readonly write: (value: T) => string
}
