import { PortolanError } from '../../shared/bridge/errors'
import { VOLUME_ROOT } from '../../shared/volumes/helper-command'
import { nameText } from '../tar/names'
import type { TarEntry } from '../tar/reader'

/** The folder that a backup of ours has the volume as. */
const TOP = VOLUME_ROOT.slice(1)

/** Kinds of entries that the engine unpacks: files, links of both kinds, devices, folders, pipes. */
const KINDS = new Set(['0', '1', '2', '3', '4', '5', '6', '7'])

/**
 * Looks at an archive's entries, one after the other, and refuses one that leads out of the folder that it is unpacked in: by an
 * absolute path, by `..`, or through a link that the archive itself holds. A link may point anywhere: it is only a text, and real
 * volumes hold such.
 */
export class ArchiveRules {
  readonly #links = new Set<string>()
  readonly #folders = new Set<string>()
  #root: TarEntry | undefined
  /** Undefined before the first entry. */
  #isWhole: boolean | undefined
  #files = 0
  #bytes = 0

  /** What the archive holds so far. */
  get counted(): { readonly files: number; readonly bytes: number } {
    return { files: this.#files, bytes: this.#bytes }
  }

  /** True where all is in one folder that is the volume itself, as our backups have it; else the archive holds what is in the volume. */
  get isWhole(): boolean {
    return this.#isWhole === true
  }

  /** What the archive says of the volume's own folder, where that is no entry as others are. */
  get root(): TarEntry | undefined {
    return this.#root
  }

  /** The folders that something is unpacked in, by their paths below the root; what holds them is among them. */
  get folders(): ReadonlySet<string> {
    return this.#folders
  }

  /** Errors: `invalid-input` for an entry that is refused. */
  check(entry: TarEntry): void {
    if (!KINDS.has(entry.type))
      throw refused(entry.name, 'is of a kind that the engine does not unpack')
    const path = this.#safe(entry.name, entry.name)
    this.#isWhole =
      this.#isWhole === undefined
        ? path === TOP && entry.type === '5'
        : this.#isWhole && `${path}/`.startsWith(`${TOP}/`)
    if (entry.type === '1') this.#safe(entry.linkName, entry.name)
    if (entry.type === '5') {
      if (this.#links.has(path)) throw refused(entry.name, 'is a link and a folder at once')
      if (path === '') this.#root = entry
      else this.#folders.add(path)
      return
    }
    if (path === '') throw refused(entry.name, 'would take the place of the volume itself')
    if (this.#folders.has(path)) throw refused(entry.name, 'is a folder and a file at once')
    if (entry.type === '2') this.#links.add(path)
    else this.#links.delete(path)
    this.#files += 1
    this.#bytes += entry.type === '0' || entry.type === '7' ? entry.sizeBytes : 0
  }

  /** A name as a path below the root, empty for the root itself. */
  #safe(name: string, entryName: string): string {
    if (name.startsWith('/')) throw refused(entryName, 'has an absolute path')
    const names = name.split('/').filter((each) => each !== '' && each !== '.')
    if (names.includes('..')) throw refused(entryName, 'leads out of the volume')
    for (let depth = 1; depth < names.length; depth++) {
      const parent = names.slice(0, depth).join('/')
      if (this.#links.has(parent)) throw refused(entryName, 'leads through a link')
      this.#folders.add(parent)
    }
    return names.join('/')
  }
}

function refused(name: string, why: string): PortolanError {
  return new PortolanError({
    code: 'invalid-input',
    message: `“${nameText(name)}” in this archive ${why}.`,
    hint: 'Nothing was unpacked. Such an archive is made to write elsewhere, or by mistake: make it again from inside the folder.',
    subject: { kind: 'file', name: nameText(name) }
  })
}
