import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'

/**
 * One small JSON file of the app's own, such as its settings: read at once, checked by its schema, written whole or not at all.
 * Writes follow each other, so that the last one wins.
 */
export class JsonFile<S extends z.ZodType> {
  readonly #path: string
  readonly #schema: S
  readonly #fallback: z.output<S>
  #writing: Promise<void> = Promise.resolve()

  constructor(path: string, schema: S, fallback: z.output<S>) {
    this.#path = path
    this.#schema = schema
    this.#fallback = fallback
  }

  /** What the file holds; the fallback where it is missing, broken, or from another version. Sync: it is read before a window opens. */
  read(): z.output<S> {
    try {
      const parsed = this.#schema.safeParse(JSON.parse(readFileSync(this.#path, 'utf8')))
      return parsed.success ? parsed.data : this.#fallback
    } catch {
      return this.#fallback
    }
  }

  /** Writes it, after the writes before. Errors: those of the file system. */
  write(value: z.output<S>): Promise<void> {
    const text = `${JSON.stringify(value, null, 2)}\n`
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#replace(text))
    return this.#writing
  }

  async #replace(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true })
    const half = `${this.#path}.${process.pid}.tmp`
    // On the disk itself before it takes the old one's place: a machine that goes dark in between must not leave an empty file.
    await writeFile(half, text, { mode: 0o600, flush: true })
    await rename(half, this.#path)
  }
}
