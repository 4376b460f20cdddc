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

/** Resolves once no helper of ours has the volume: those that work are waited for. */
export async function helpersGone(engine: Engine, volume: string): Promise<void> {
  await Promise.allSettled(Array.from(busy.get(engine)?.get(volume) ?? []))
}
