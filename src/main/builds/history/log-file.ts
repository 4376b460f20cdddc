import { createReadStream } from 'node:fs'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { BuildEvent } from '../../../shared/builds/model'

/** Kept of one build's log: so much of its beginning and so much of its end, in characters. */
const HEAD_LIMIT = 4 * 1024 * 1024
const TAIL_LIMIT = 4 * 1024 * 1024
/** Events are gathered before they are written. */
const WRITE_LIMIT = 64 * 1024
/** A reader gets so many events at once. */
const BATCH = 500

/**
 * Writes a build's events to a file of its own, one a line. Of a very long log the beginning and the end are kept; a warning stands
 * for what is missing between. Writing never fails a build: the first fault is reported, and nothing is written after it.
 */
export class LogFileWriter {
  readonly #path: string
  readonly #onFault: (error: unknown) => void
  #buffer = ''
  #headLength = 0
  readonly #tail: string[] = []
  #tailLength = 0
  #lost = 0
  #isBroken = false
  #writing: Promise<void>

  constructor(path: string, onFault: (error: unknown) => void) {
    this.#path = path
    this.#onFault = onFault
    this.#writing = mkdir(dirname(path), { recursive: true })
      .then(() => writeFile(path, '', { mode: 0o600 }))
      .catch((error: unknown) => this.#fail(error))
  }

  add(event: BuildEvent): void {
    if (this.#isBroken) return
    // How far an upload or a step is, is of no use afterwards.
    if (event.kind === 'upload' || (event.kind === 'step' && event.phase === 'updated')) return
    const line = `${JSON.stringify(event)}\n`
    if (this.#headLength < HEAD_LIMIT) {
      this.#headLength += line.length
      this.#buffer += line
      if (this.#buffer.length >= WRITE_LIMIT) this.#flush()
      return
    }
    this.#tail.push(line)
    this.#tailLength += line.length
    if (this.#tailLength > TAIL_LIMIT * 1.25) this.#dropTail()
  }

  /** Writes the rest; nothing is added after it. */
  async end(): Promise<void> {
    if (this.#lost > 0) {
      const message = `${this.#lost} pieces of the log between its beginning and its end are not kept.`
      this.#buffer += `${JSON.stringify({ kind: 'warning', message } satisfies BuildEvent)}\n`
    }
    this.#buffer += this.#tail.join('')
    this.#tail.length = 0
    this.#flush()
    await this.#writing
  }

  #dropTail(): void {
    let count = 0
    while (this.#tailLength > TAIL_LIMIT) this.#tailLength -= this.#tail[count++]?.length ?? 0
    this.#tail.splice(0, count)
    this.#lost += count
  }

  #flush(): void {
    if (this.#isBroken) return
    const text = this.#buffer
    this.#buffer = ''
    this.#writing = this.#writing
      .then(() => appendFile(this.#path, text))
      .catch((error: unknown) => this.#fail(error))
  }

  #fail(error: unknown): void {
    this.#onFault(error)
    // A disk that is full stays so: one word about it is enough.
    this.#isBroken = true
  }
}

/** A kept log's events, in batches. A line that is broken (the app died while it wrote) is left out. Errors: `ENOENT`. */
export async function* readLogFile(path: string): AsyncGenerator<readonly BuildEvent[]> {
  const input = createReadStream(path, 'utf8')
  let batch: BuildEvent[] = []
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const event = parse(line)
    if (event) batch.push(event)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function parse(line: string): BuildEvent | undefined {
  try {
    return JSON.parse(line) as BuildEvent
  } catch {
    return undefined
  }
}
