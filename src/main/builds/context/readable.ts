import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { closeFile, openFile } from './files'
import type { ContextEntry } from './walk'

/**
 * The files among `entries` that we may not read. The permission bits decide for nearly all of them without a call to the system; only
 * those that the bits refuse are asked about (an access list may still allow us). What the bits wrongly promise shows when it is read.
 */
export async function findUnreadable(
  root: string,
  entries: readonly ContextEntry[]
): Promise<string[]> {
  const doubtful = entries.filter(({ stats }) => stats.isFile() && !bitsAllow(stats))
  const answers = await Promise.all(doubtful.map(({ path }) => mayRead(join(root, path))))
  return doubtful.filter((_, index) => !answers[index]).map(({ path }) => path)
}

function bitsAllow(stats: Stats): boolean {
  const uid = process.geteuid?.()
  // Windows has no such bits; root may read everything.
  if (uid === undefined || uid === 0) return true
  if (stats.uid === uid) return (stats.mode & 0o400) !== 0
  if (groups().has(stats.gid)) return (stats.mode & 0o040) !== 0
  return (stats.mode & 0o004) !== 0
}

function groups(): ReadonlySet<number> {
  return new Set([process.getegid?.() ?? -1, ...(process.getgroups?.() ?? [])])
}

/** By opening it: what `access` says is about the real user, not the effective one. */
async function mayRead(path: string): Promise<boolean> {
  const opened = await openFile(path)
  if (typeof opened === 'number') await closeFile(opened)
  // Gone is not refused: the packing notes it.
  return typeof opened === 'number' || (opened.code !== 'EACCES' && opened.code !== 'EPERM')
}
