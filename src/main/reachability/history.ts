import { join } from 'node:path'
import { z } from 'zod'
import type { KeptSweep } from '../../shared/reachability/kept'
import { JsonFile } from '../bridge/json-file'

/** Sweeps kept of one engine, and engines of which some are kept; the oldest go first. */
const MOST_SWEEPS = 30
const MOST_ENGINES = 10
/** Pairs kept of one engine in all of its sweeps, a letter each: those of 2,000 containers, once. */
const MOST_PAIRS = 4_000_000

const sweepSchema = z.object({
  id: z.string(),
  startedAtMs: z.number(),
  durationMs: z.number(),
  containers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
      networks: z.array(z.object({ id: z.string(), name: z.string() })),
      joined: z.string().exactOptional()
    })
  ),
  verdicts: z.array(z.string())
})
const schema = z.array(z.object({ engine: z.string(), sweeps: z.array(sweepSchema) }))

/** The last sweeps of each engine, by its address, in the app's folder. */
export class SweepHistory {
  readonly #file: JsonFile<typeof schema>
  #kept: readonly { readonly engine: string; readonly sweeps: readonly KeptSweep[] }[]

  constructor(dataFolder: string) {
    this.#file = new JsonFile(join(dataFolder, 'reachability-sweeps.json'), schema, [])
    this.#kept = this.#file.read()
  }

  /** The kept sweeps of an engine, the oldest first. */
  list(engine: string): readonly KeptSweep[] {
    return this.#kept.find((each) => each.engine === engine)?.sweeps ?? []
  }

  /** Keeps a sweep. Errors: those of the file system. */
  async add(engine: string, sweep: KeptSweep): Promise<void> {
    const others = this.#kept.filter((each) => each.engine !== engine)
    const sweeps = newest([...this.list(engine), sweep])
    this.#kept = [...others.slice(-(MOST_ENGINES - 1)), { engine, sweeps }]
    await this.#file.write(structuredClone(this.#kept) as z.output<typeof schema>)
  }
}

/** The newest that fit. The last one is kept whatever its size. */
function newest(sweeps: readonly KeptSweep[]): KeptSweep[] {
  let pairs = 0
  return sweeps
    .slice(-MOST_SWEEPS)
    .toReversed()
    .filter(({ containers }, place) => {
      pairs += containers.length ** 2
      return place === 0 || pairs <= MOST_PAIRS
    })
    .toReversed()
}
