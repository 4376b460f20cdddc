import { chmod, link, lutimes, mkdir, rm, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { TransferResult } from '../../shared/files/model'
import { TAR_TYPE } from '../tar/header'
import { fsPath, nameFromBytes, nameText } from '../tar/names'
import type { TarEntry } from '../tar/reader'
import { writeNewFile } from './write-file'

/** Examples kept of what was left out. */
const MOST_EXAMPLES = 100

type Reason = TransferResult['skipped'][number]['reason']

/**
 * Unpacks an archive into a folder (or a file) of its own, and nowhere else. Links are made last, so that nothing is ever written through
 * one; folders get their permissions and times after what is in them.
 */
export class Unpacker {
  readonly #root: string
  readonly #onBytes: (count: number) => void
  readonly #folders: {
    readonly path: string | Buffer
    readonly mode: number
    readonly atMs: number
  }[] = []
  readonly #links: { readonly path: string; readonly target: string; readonly atMs: number }[] = []
  /** What is a folder, a file, a link of the archive so far, by its path below the root. */
  readonly #kinds = new Map<string, 'folder' | 'file' | 'link'>()
  readonly #skipped: TransferResult['skipped'][number][] = []
  #skippedCount = 0
  #rootName: string | undefined
  #made = false
  #files = 0
  #bytes = 0

  /** @param root what the archive's first entry becomes; must not be there */
  constructor(root: string, onBytes: (count: number) => void) {
    this.#root = root
    this.#onBytes = onBytes
  }

  async add(entry: TarEntry): Promise<void> {
    const name = entry.name.replace(/\/+$/, '')
    this.#rootName ??= name
    const inside = this.#insideOf(name)
    if (inside === undefined) return this.#skip(entry.name, 'bad-name')
    switch (entry.type) {
      case TAR_TYPE.directory:
        await mkdir(this.#local(inside))
        this.#made = true
        this.#kinds.set(inside, 'folder')
        this.#folders.push({
          path: this.#local(inside),
          mode: entry.mode & 0o777,
          atMs: entry.modifiedAtMs
        })
        return
      case TAR_TYPE.symbolicLink:
        this.#kinds.set(inside, 'link')
        this.#links.push({ path: inside, target: entry.linkName, atMs: entry.modifiedAtMs })
        return
      case TAR_TYPE.hardLink:
        return this.#addHardLink(entry, inside)
      case TAR_TYPE.file:
      case '7':
        return this.#addFile(entry, inside)
      default:
        this.#skip(entry.name, 'special')
    }
  }

  /** Makes the links, and gives the folders what is theirs. */
  async finish(): Promise<TransferResult> {
    for (const { path, target, atMs } of this.#links) {
      if (!this.#staysInside(path, target)) this.#skip(path, 'link-leaves')
      else {
        await symlink(fsPath(nameFromBytes(target)), this.#local(path))
        this.#made = true
        await lutimes(this.#local(path), atMs / 1000, atMs / 1000)
      }
    }
    for (const { path, mode, atMs } of this.#folders.toReversed()) {
      await utimes(path, atMs / 1000, atMs / 1000)
      await chmod(path, mode)
    }
    return {
      files: this.#files,
      bytes: this.#bytes,
      skipped: this.#skipped,
      skippedCount: this.#skippedCount
    }
  }

  async removeAll(): Promise<void> {
    if (this.#made) await rm(this.#root, { recursive: true, force: true })
  }

  async #addFile(entry: TarEntry, inside: string): Promise<void> {
    const path = this.#local(inside)
    const made = (): void => void (this.#made = true)
    await writeNewFile(path, entry.content, this.#onBytes, made)
    this.#bytes += entry.sizeBytes
    await chmod(path, entry.mode & 0o777)
    await utimes(path, entry.modifiedAtMs / 1000, entry.modifiedAtMs / 1000)
    this.#kinds.set(inside, 'file')
    this.#files += 1
  }

  async #addHardLink(entry: TarEntry, inside: string): Promise<void> {
    const target = this.#insideOf(entry.linkName)
    if (target === undefined || this.#kinds.get(target) !== 'file')
      return this.#skip(entry.name, 'link-leaves')
    await link(this.#local(target), this.#local(inside))
    this.#kinds.set(inside, 'file')
    this.#files += 1
  }

  /** The path below the root (empty for the root itself); undefined for one that is not plainly below it. */
  #insideOf(name: string): string | undefined {
    const root = this.#rootName ?? ''
    if (name === root) return ''
    if (!name.startsWith(`${root}/`)) return undefined
    const names = name.slice(root.length + 1).split('/')
    if (names.some((each) => each === '' || each === '.' || each === '..')) return undefined
    // Windows reads more as a way out, and refuses the rest by itself.
    if (process.platform === 'win32' && /[\\:]/.test(names.join(''))) return undefined
    const parent = names.slice(0, -1).join('/')
    return this.#kinds.get(parent) === 'folder' ? names.join('/') : undefined
  }

  /** Whether a link's target is below the root, reached through folders only. */
  #staysInside(path: string, target: string): boolean {
    if (target.startsWith('/') || path === '') return false
    const at = path.split('/').slice(0, -1)
    for (const name of target.split('/')) {
      if (name === '' || name === '.') continue
      if (this.#kinds.get(at.join('/')) === 'link') return false
      if (name !== '..') at.push(name)
      else if (at.length === 0) return false
      else at.pop()
    }
    return true
  }

  #local(inside: string): string | Buffer {
    if (inside === '') return this.#root
    const root = Buffer.from(this.#root, 'utf8')
    const path = fsPath(nameFromBytes(inside))
    return typeof path === 'string'
      ? join(this.#root, path)
      : Buffer.concat([root, Buffer.from('/'), path])
  }

  #skip(name: string, reason: Reason): void {
    this.#skippedCount += 1
    if (this.#skipped.length < MOST_EXAMPLES) this.#skipped.push({ path: nameText(name), reason })
  }
}
