import type { Readable } from 'node:stream'
import { toReading, type StatsReading } from '../../shared/stats/reading'
import type { Engine } from '../engine/engine'
import { readProgress } from '../engine/json-lines'

/**
 * A container's samples as the engine takes them, one a second; the first one comes at once. Ends when the engine ends the stream
 * (the container was removed, or the engine stops) and when `signal` is aborted.
 * Source: `GET /containers/{id}/stats?stream=true`. Errors: `not-found`, `protocol` for a stream that is cut, as `Engine.do`.
 */
export async function* readStats(
  engine: Engine,
  id: string,
  signal: AbortSignal
): AsyncGenerator<StatsReading> {
  const doing = { operation: 'stats.watch', subject: { kind: 'container', id } } as const
  const stream = (await engine.do(doing, (docker) =>
    docker.getContainer(id).stats({ stream: true })
  )) as Readable
  const close = (): void => void stream.destroy()
  if (signal.aborted) close()
  signal.addEventListener('abort', close, { once: true })
  try {
    for await (const sample of readProgress(stream, doing)) {
      const reading = toReading(sample)
      if (reading) yield reading
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}
