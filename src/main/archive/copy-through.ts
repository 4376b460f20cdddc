import type { Readable, Writable } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import { readTar, type TarEntry } from '../tar/reader'
import { cancelled } from './save-whole'

/** What was copied. */
interface Copied {
  readonly archiveBytes: number
}

/**
 * Copies an archive of the engine's into a stream, at the stream's pace, and reads it on the way: an engine that fails in the middle of
 * a file ends the archive as if nothing were, and a copy that is no whole archive is none. `end` is what comes of the stream's other
 * end. When one end fails the other is stopped.
 * Errors: `protocol` for an archive that was cut, `cancelled`; those of `end`.
 */
export async function copyThrough<T>(
  archive: Readable,
  into: Writable,
  end: Promise<T>,
  options: {
    readonly signal: AbortSignal
    readonly onBytes: (count: number) => void
    readonly onEntry: (entry: TarEntry) => void
  }
): Promise<Copied & { readonly end: T }> {
  const { signal, onBytes, onEntry } = options
  let archiveBytes = 0
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const chunk of archive as AsyncIterable<Uint8Array>) {
      if (signal.aborted) throw cancelled()
      await write(into, chunk)
      archiveBytes += chunk.length
      onBytes(chunk.length)
      yield chunk
    }
  }
  async function read(): Promise<void> {
    const chunks = passing()
    // The reader is done at the archive's end mark; what comes behind it belongs to the copy too.
    const forReader = { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) }
    for await (const entry of readTar(forReader)) onEntry(entry)
    for await (const _rest of chunks);
    into.end()
  }
  const faults: unknown[] = []
  const fail = (thrown: unknown): void => {
    faults.push(thrown)
    archive.destroy()
    into.destroy(new Error('The other end failed.'))
  }
  const [ended] = await Promise.all([end.catch(fail), read().catch(fail)])
  if (faults.length > 0) throw faults.find((fault) => fault instanceof PortolanError) ?? faults[0]
  return { archiveBytes, end: ended as T }
}

/** Resolves when the stream has taken the chunk; its other end being gone is an error. */
function write(into: Writable, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    into.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}
