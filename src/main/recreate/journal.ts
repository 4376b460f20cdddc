import { join } from 'node:path'
import { z } from 'zod'
import { RECREATE_STEPS } from '../../shared/recreate/model'
import { JsonFile } from '../bridge/json-file'

const entrySchema = z.object({
  id: z.string(),
  /** The engine's own id: an endpoint's is another after each start of the app. */
  engineId: z.string(),
  /** The old container's name: it has it again after a way back. */
  name: z.string(),
  /** The name that the new one gets; mostly the same. */
  newName: z.string(),
  oldId: z.string(),
  /** Names for the time being: unique, so that they tell these containers also where an id was not written down in time. */
  parkedName: z.string(),
  temporaryName: z.string(),
  newId: z.string().optional(),
  wasRunning: z.boolean(),
  /** The step that is about to be done, or was being done. */
  step: z.enum(RECREATE_STEPS)
})

/** One recreation that has not come to its end. */
export type JournalEntry = z.output<typeof entrySchema>

/** What is under way, on disk: after a crash in the middle it tells what there is to repair. */
export class RecreateJournal {
  readonly #file: JsonFile<z.ZodArray<typeof entrySchema>>
  readonly #active = new Map<string, Promise<unknown>>()
  #entries: readonly JournalEntry[] | undefined

  constructor(dataFolder: string) {
    this.#file = new JsonFile(join(dataFolder, 'recreate-journal.json'), z.array(entrySchema), [])
  }

  entries(): readonly JournalEntry[] {
    this.#entries ??= this.#file.read()
    return this.#entries
  }

  /** Writes an entry, in the place of the one with its id. It is on disk when this resolves. Errors: those of the file system. */
  note(entry: JournalEntry): Promise<void> {
    return this.#write([...this.entries().filter(({ id }) => id !== entry.id), entry])
  }

  /** Strikes out an entry: it came to its end. */
  strike(id: string): Promise<void> {
    return this.#write(this.entries().filter((entry) => entry.id !== id))
  }

  /** Runs the work that an entry is about, so that {@link idle} waits for it. */
  async run<T>(id: string, work: () => Promise<T>): Promise<T> {
    const running = work()
    this.#active.set(
      id,
      running.catch(() => undefined)
    )
    try {
      return await running
    } finally {
      this.#active.delete(id)
    }
  }

  /** Resolves once the work of an entry has ended in this process; at once where none is running. */
  async idle(id: string): Promise<void> {
    await this.#active.get(id)
  }

  #write(entries: readonly JournalEntry[]): Promise<void> {
    this.#entries = entries
    return this.#file.write([...entries])
  }
}
