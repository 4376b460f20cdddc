import { PortolanError } from '../../shared/bridge/errors'

/**
 * Runs `work` on every item, at most `limit` at once, in order. Stops taking items after a failure or an abort, waits for what
 * runs, then throws the first failure, or `cancelled`.
 */
export async function eachLimited<T>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>
): Promise<void> {
  const rest = items.values()
  let failed = false
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (failed || signal.aborted) return
      try {
        await work(item)
      } catch (thrown) {
        failed = true
        throw thrown
      }
    }
  }
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(limit, items.length) }, worker)
  )
  const failure = ends.find((end) => end.status === 'rejected')
  if (signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
  if (failure) throw failure.reason
}
