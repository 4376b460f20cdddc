import type { Engine } from '../engine/engine'

/** What our helpers do with volumes at this moment, by engine and volume. */
const busy = new WeakMap<Engine, Map<string, Set<Promise<unknown>>>>()

/** Notes that a helper has a volume until this work settles. Answers the work. */
export function keepsBusy<T>(engine: Engine, volume: string, work: Promise<T>): Promise<T> {
  const volumes = busy.get(engine) ?? new Map<string, Set<Promise<unknown>>>()
  busy.set(engine, volumes)
  const works = volumes.get(volume) ?? new Set()
  volumes.set(volume, works)
  works.add(work)
  const forget = (): void => {
    works.delete(work)
    if (works.size === 0 && volumes.get(volume) === works) volumes.delete(volume)
  }
  work.then(forget, forget)
  return work
}

/** How long who removes a volume waits: what looks into it has ended by then, and a copy takes as long as it takes. */
const WAIT_MS = 15_000

/** Waits until no helper of ours has the volume. False where one still has it: a copy is under way. */
export async function helpersGone(engine: Engine, volume: string): Promise<boolean> {
  const gone = Promise.allSettled(Array.from(busy.get(engine)?.get(volume) ?? []))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, false)
  })
  const isGone = await Promise.race([gone.then(() => true), late])
  clearTimeout(timer)
  return isGone
}
