import { open, type FileHandle } from 'node:fs/promises'

/** Bytes gathered before they are written: the engine's pieces are small, and each write is a turn of the system's. */
const BATCH_BYTES = 1024 * 1024

/**
 * Writes a new file. While one batch is written the next is read, and no more than these two are held.
 * Errors: those of the system, `EEXIST` among them; those of reading.
 */
export async function writeNewFile(
  path: string | Buffer,
  content: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
  onOpen: () => void = () => undefined
): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  onOpen()
  let writing: Promise<unknown> = Promise.resolve()
  try {
    let batch: Uint8Array[] = []
    let bytes = 0
    for await (const piece of content) {
      batch.push(piece)
      bytes += piece.length
      if (bytes < BATCH_BYTES) continue
      await writing
      writing = watched(writeAll(file, batch))
      onBytes(bytes)
      batch = []
      bytes = 0
    }
    await writing
    await writeAll(file, batch)
    onBytes(bytes)
  } finally {
    await writing.catch(() => undefined)
    await file.close()
  }
}

/** A failure is met where it is awaited; until then it is nobody's unhandled one. */
function watched(work: Promise<void>): Promise<void> {
  work.catch(() => undefined)
  return work
}

/** A disk that is nearly full takes a part: the rest says why. */
async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  let rest = [...pieces]
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest)
    while (rest[0] && bytesWritten >= rest[0].length) {
      bytesWritten -= rest[0].length
      rest = rest.slice(1)
    }
    if (rest[0] && bytesWritten > 0) rest[0] = rest[0].subarray(bytesWritten)
  }
}
