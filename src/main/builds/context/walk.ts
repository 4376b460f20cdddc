import { lstat, readdir, type Dirent, type Stats } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { PathProblem } from '../../../shared/builds/model'
import type { FolderMatch, IgnoreMatcher, IgnoreRules } from './ignore'
import { fsPath, nameForMatching, NAME_ENCODING } from '../../tar/names'

/** One thing that belongs to the context. */
export interface ContextEntry {
  /** Relative, `/` between the parts; a carried name (see names.ts). */
  readonly path: string
  readonly stats: Stats
}

/** What a walk tells besides the entries. Paths are carried names. */
export interface WalkObserver {
  /** Left out by a pattern; a folder that is not entered is told once, with a `/` at its end. */
  ignored?(path: string): void
  /** Could not be looked at. A folder that is itself left out is told as `vanished`: nothing of it was wanted for sure. */
  problem?(path: string, reason: PathProblem['reason']): void
}

/** How to walk a context. */
export interface WalkOptions {
  /** Absolute, as carried name. */
  readonly root: string
  readonly matcher: IgnoreMatcher
  readonly rules: IgnoreRules
  readonly observer?: WalkObserver
  readonly signal?: AbortSignal | undefined
}

/** Entries looked at together: enough to keep the thread pool busy, few enough to stay responsive. */
const BATCH = 256

interface Frame {
  readonly path: string
  readonly names: readonly Dirent[]
  next: number
  readonly match: FolderMatch | undefined
  /** The folder's own entry while it is left out itself but may have to be sent for what is inside (BuildKit). */
  pending: ContextEntry | undefined
}

/**
 * Walks a context depth first, names in byte order, and yields what belongs to it in batches, in the order in which the docker CLI
 * sends it. Symbolic links are never followed, so no loop can catch it. Folders that are left out are not read. A batch may be empty:
 * where much is left out, the consumer must have its turn too, to look at its limits.
 * Errors: `invalid-input` from a malformed pattern; the signal's reason.
 * Source: moby `archive.TarWithOptions` (classic), tonistiigi/fsutil `filterFS.Walk` (BuildKit: the folders around a re-included
 * file are entries too).
 */
export async function* walkContext(options: WalkOptions): AsyncGenerator<readonly ContextEntry[]> {
  const { root, signal } = options
  const frames: Frame[] = [await openFolder(options, '', undefined, undefined, false)]
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    signal?.throwIfAborted()
    const slice = takeSlice(options, frame)
    if (slice.length === 0) {
      if (frame.next < frame.names.length) {
        // Nothing was waited for: without this an abort could not even arrive.
        await setImmediate()
        yield []
      } else frames.pop()
      continue
    }
    const looked = await lstatAll(slice.map(({ path }) => join(root, path)))
    const batch: ContextEntry[] = []
    let folder: { candidate: Candidate; entry: ContextEntry } | undefined
    for (const [index, candidate] of slice.entries()) {
      const stats = looked[index]
      if (stats === undefined || stats instanceof Error) {
        options.observer?.problem?.(candidate.path, reasonOf(stats))
        continue
      }
      const entry = { path: candidate.path, stats }
      if (!candidate.isIgnored) {
        for (const ancestor of frames) {
          if (ancestor.pending) batch.push(ancestor.pending)
          ancestor.pending = undefined
        }
        batch.push(entry)
      }
      if (candidate.isFolder && stats.isDirectory()) folder = { candidate, entry }
    }
    yield batch
    if (folder) {
      const { candidate, entry } = folder
      const pending = candidate.isIgnored && options.rules === 'buildkit' ? entry : undefined
      frames.push(
        await openFolder(options, candidate.path, candidate.match, pending, candidate.isIgnored)
      )
    }
  }
}

interface Candidate {
  readonly path: string
  readonly isFolder: boolean
  readonly isIgnored: boolean
  readonly match: FolderMatch | undefined
}

/** The next entries of a folder that must be looked at, up to and with the next folder to enter. */
function takeSlice(options: WalkOptions, frame: Frame): Candidate[] {
  const { matcher, observer } = options
  const slice: Candidate[] = []
  // Ignored names count too, so that a huge folder of them does not hold the thread.
  for (let seen = 0; seen < BATCH * 8 && slice.length < BATCH; seen++) {
    const dirent = frame.names[frame.next]
    if (!dirent) break
    frame.next++
    const path = frame.path === '' ? dirent.name : `${frame.path}/${dirent.name}`
    const isFolder = dirent.isDirectory()
    if (matcher.isEmpty) {
      slice.push({ path, isFolder, isIgnored: false, match: undefined })
      if (isFolder) break
      continue
    }
    const text = nameForMatching(path)
    const { isIgnored, folder } = matcher.match(text, frame.match)
    if (isIgnored && !(isFolder && matcher.mayReinclude(text))) {
      observer?.ignored?.(isFolder ? `${path}/` : path)
      continue
    }
    slice.push({ path, isFolder, isIgnored, match: isFolder ? folder : undefined })
    if (isFolder) break
  }
  return slice
}

async function openFolder(
  options: WalkOptions,
  path: string,
  match: FolderMatch | undefined,
  pending: ContextEntry | undefined,
  isIgnored: boolean
): Promise<Frame> {
  const names = await readFolder(join(options.root, path))
  if (names instanceof Error) {
    options.observer?.problem?.(path || '.', isIgnored ? 'vanished' : reasonOf(names))
    return { path, names: [], next: 0, match, pending }
  }
  return { path, names, next: 0, match, pending }
}

function readFolder(path: string): Promise<Dirent[] | Error> {
  return new Promise((resolve) => {
    readdir(fsPath(path), { encoding: NAME_ENCODING, withFileTypes: true }, (error, entries) => {
      resolve(error ?? entries.sort((a, b) => (a.name < b.name ? -1 : 1)))
    })
  })
}

/** Callbacks and one promise: thousands of promises would cost more than the looking. */
function lstatAll(paths: readonly string[]): Promise<(Stats | Error | undefined)[]> {
  return new Promise((resolve) => {
    const results: (Stats | Error | undefined)[] = new Array(paths.length)
    let left = paths.length
    if (left === 0) resolve(results)
    for (const [index, path] of paths.entries()) {
      lstat(fsPath(path), (error, stats) => {
        results[index] = error ?? stats
        if (--left === 0) resolve(results)
      })
    }
  })
}

function reasonOf(error: Error | undefined): PathProblem['reason'] {
  const code = error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'vanished'
  return code === 'EACCES' || code === 'EPERM' ? 'permission-denied' : 'unreadable'
}
