import type { HandlerContext } from '../bridge/context'
import type { Run } from './run'

/** A pasted book may wait for the shell to read it; a window that sends more than this is broken. */
const MAX_QUEUED_BYTES = 16 * 1024 * 1024

/** Passes keys and sizes to a run, keys in their order and no faster than it takes them. */
export class KeyQueue {
  readonly #run: Run
  readonly #context: HandlerContext
  #queuedBytes = 0
  #writing = Promise.resolve()

  constructor(run: Run, context: HandlerContext) {
    this.#run = run
    this.#context = context
  }

  type(bytes: Uint8Array): void {
    this.#queuedBytes += bytes.byteLength
    if (this.#queuedBytes > MAX_QUEUED_BYTES) {
      this.#context.report('exec.view', new Error('the shell does not read what is typed'))
      void this.#run.close().catch(() => undefined)
      return
    }
    this.#writing = this.#writing
      .then(() => this.#run.write(bytes))
      .catch((error: unknown) => this.#context.report('exec.type', error))
      .finally(() => (this.#queuedBytes -= bytes.byteLength))
  }

  resize(columns: number, rows: number): void {
    this.#run
      .resize(columns, rows)
      .catch((error: unknown) => this.#context.report('exec.resize', error))
  }
}
