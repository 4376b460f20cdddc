import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Where daemons live and a desktop session's PATH often does not look. */
const SYSTEM_FOLDERS = [
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/bin'
]

/** The PATH of this process with the system's folders behind it. */
export function systemPath(): string {
  const own = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return [...new Set([...own, ...SYSTEM_FOLDERS])].join(delimiter)
}

/** The full path of a program, or undefined where it is not installed. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of systemPath().split(delimiter)) {
    const path = join(folder, name)
    try {
      await access(path, constants.X_OK)
      return path
    } catch {
      // Not here: the next folder.
    }
  }
  return undefined
}
