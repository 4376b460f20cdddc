import type { FileEntry, FolderEnd, FolderPart } from '../../shared/files/model'
import { PortolanError } from '../../shared/bridge/errors'
import type { TarEntry } from '../tar/reader'
import { nameText } from '../tar/names'
import { kindOfTarType } from './kinds'
import { BudgetSpent, type Meter } from './meter'

/** How often what was found is told. */
const TELL_MS = 200
/** Sizes remembered for hard links, which tell none themselves. */
const MOST_SIZES = 200_000

/**
 * A folder's names out of the archive of all that is below it, contents skipped. What is found is told as it comes; when the budget is
 * spent it is given up.
 * Errors: `invalid-input` for what is no folder; what the archive's reader throws.
 */
export async function listArchive(
  entries: AsyncIterable<TarEntry>,
  meter: Meter,
  tell: (part: FolderPart) => Promise<void>
): Promise<FolderEnd> {
  const sizes = new Map<string, number>()
  let root: string | undefined
  let found: FileEntry[] = []
  let toldAtMs = Date.now()
  const tellFound = async (): Promise<void> => {
    await tell({ entries: found, readBytes: meter.readBytes })
    found = []
    toldAtMs = Date.now()
  }
  let complete = true
  try {
    for await (const entry of entries) {
      const name = entry.name.replace(/\/+$/, '')
      if (root === undefined) {
        if (entry.type !== '5') throw noFolder(entry.name)
        root = name
        continue
      }
      if (entry.type === '0' && sizes.size < MOST_SIZES) sizes.set(entry.name, entry.sizeBytes)
      const inside = name.slice(root.length + 1)
      if (!inside.includes('/')) found.push(entryOf(entry, inside, sizes))
      if (Date.now() - toldAtMs >= TELL_MS) await tellFound()
    }
  } catch (thrown) {
    if (!(thrown instanceof BudgetSpent)) throw thrown
    complete = false
  }
  await tellFound()
  return { source: 'archive', complete, readBytes: meter.readBytes }
}

function entryOf(entry: TarEntry, name: string, sizes: ReadonlyMap<string, number>): FileEntry {
  const isHardLink = entry.type === '1'
  return {
    name,
    kind: kindOfTarType(entry.type),
    mode: entry.mode,
    sizeBytes: isHardLink ? (sizes.get(entry.linkName) ?? 0) : entry.sizeBytes,
    modifiedAtMs: entry.modifiedAtMs,
    uid: entry.uid,
    gid: entry.gid,
    ...(entry.type === '2' && { linkTarget: entry.linkName })
  }
}

function noFolder(name: string): PortolanError {
  return new PortolanError({
    code: 'invalid-input',
    message: `“${nameText(name)}” is no folder.`,
    subject: { kind: 'file', name: nameText(name) }
  })
}
