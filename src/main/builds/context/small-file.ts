import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'

/** No Dockerfile and no ignore file is longer. In bytes. */
const SIZE_LIMIT = 16 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024

/** What is no regular file, or too long a one, to be read whole; its message says so. */
export class SmallFileError extends Error {
  override readonly name = 'SmallFileError'
}

/**
 * Reads a Dockerfile or an ignore file, links followed, at most `atMostBytes` of it. Unlike `readFile` it neither waits at a FIFO nor
 * reads a device without end. Errors: {@link SmallFileError} for what is no regular file or longer than 16 MiB; the system's own.
 */
export async function readSmallFile(path: string, atMostBytes = SIZE_LIMIT): Promise<Buffer> {
  // Before it is opened too: opening alone wakes a FIFO's writer, and does things to some devices.
  check(await stat(path))
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await file.stat()
    check(stats)
    const chunks: Buffer[] = []
    let total = 0
    // Its size is not relied on: it may grow, and files under /proc say 0.
    while (total < atMostBytes) {
      const wanted = Math.min(Math.max(stats.size - total + 1, CHUNK_BYTES), atMostBytes - total)
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, null)
      if (bytesRead === 0) break
      chunks.push(buffer.subarray(0, bytesRead))
      total += bytesRead
    }
    return Buffer.concat(chunks)
  } finally {
    await file.close()
  }
}

function check(stats: { isFile(): boolean; readonly size: number }): void {
  if (!stats.isFile()) throw new SmallFileError('It is no regular file.')
  if (stats.size > SIZE_LIMIT) throw new SmallFileError('It is longer than 16 MiB.')
}
