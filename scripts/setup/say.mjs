/**
 * A failure that we foresee: its message is a paragraph written for the person at the keyboard, and
 * is shown without a stack.
 */
export class SetupError extends Error {
  /** @param {string} message what failed and what to do about it */
  constructor(message) {
    super(message)
    this.name = 'SetupError'
  }
}

/**
 * Tells one set-up step. It goes to stderr, because stdout belongs to what was started
 * (`npm start -- --smoke` promises one JSON line there).
 * @param {string} line one line, without its newline
 */
export function say(line) {
  process.stderr.write(`portolan: ${line}\n`)
}

/**
 * The message of whatever was thrown.
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}
