import { readFile, stat } from 'node:fs/promises'

/** The text of a regular file that is not longer than `limit` bytes; undefined where it is none, or cannot be read. */
export async function readSome(path: string, limit: number): Promise<string | undefined> {
  try {
    const stats = await stat(path)
    return stats.isFile() && stats.size <= limit ? await readFile(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}
