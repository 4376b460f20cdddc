import type { ContextSummary, PathProblem, SizedPath } from '../../../shared/builds/model'
import type { IgnoreMatcher, IgnoreRules } from './ignore'
import { nameFromText, nameText } from '../../tar/names'
import { findUnreadable } from './readable'
import { entryBytes } from '../../tar/header'
import { walkContext, type ContextEntry } from './walk'

/** How to scan, and when to stop counting. */
export interface ScanOptions {
  /** Absolute path of the context. */
  readonly contextPath: string
  readonly matcher: IgnoreMatcher
  readonly rules: IgnoreRules
  /** Stop after so many entries; unlimited where absent. */
  readonly entryLimit?: number
  /** Stop after so many ms; unlimited where absent. */
  readonly timeLimitMs?: number
  readonly signal?: AbortSignal | undefined
}

/** What a context holds. */
export interface ContextScan {
  readonly summary: ContextSummary
  /** About how many bytes its tar has. */
  readonly tarBytes: number
  readonly ignoredCount: number
  readonly ignored: readonly string[]
  readonly skipped: readonly PathProblem[]
  readonly unreadable: readonly PathProblem[]
  /** Relative paths of files that often hold secrets. */
  readonly secrets: readonly string[]
}

/** The most paths that one list of a scan names; the counts go on. */
const LIST_LIMIT = 100
const BIGGEST = 5

/** Names of files that seldom belong into an image. */
const SECRET =
  /^(\.env(\.(?!example$|sample$|template$|dist$).+)?|id_(rsa|dsa|ecdsa|ed25519)|.+\.(pem|key|p12|pfx)|\.npmrc|\.netrc|\.pgpass|credentials)$/

/**
 * Counts what a context would send, without reading a file. Never holds the event loop: it looks at entries in batches.
 * Errors: `invalid-input` from a malformed ignore pattern; the signal's reason.
 */
export async function scanContext(options: ScanOptions): Promise<ContextScan> {
  const tally = new Tally()
  const root = nameFromText(options.contextPath)
  const { matcher, rules, signal } = options
  const startedMs = performance.now()
  for await (const batch of walkContext({ root, matcher, rules, signal, observer: tally })) {
    for (const entry of batch) tally.add(entry)
    for (const path of await findUnreadable(root, batch)) tally.problem(path, 'permission-denied')
    const isOver =
      tally.entries >= (options.entryLimit ?? Infinity) ||
      performance.now() - startedMs >= (options.timeLimitMs ?? Infinity)
    if (isOver) {
      tally.isTruncated = true
      break
    }
  }
  return tally.result()
}

class Tally {
  entries = 0
  sizeBytes = 0
  isTruncated = false
  #files = 0
  #directories = 0
  #others = 0
  #tarBytes = 1024
  #ignoredCount = 0
  readonly #ignored: string[] = []
  readonly #skipped: PathProblem[] = []
  readonly #unreadable: PathProblem[] = []
  readonly #secrets: string[] = []
  readonly #topLevel = new Map<string, number>()
  #biggest: SizedPath[] = []

  add({ path, stats }: ContextEntry): void {
    this.entries++
    if (stats.isSocket()) {
      this.problem(path, 'socket')
      return
    }
    this.#tarBytes += entryBytes(path, stats.isFile() ? stats.size : 0)
    if (stats.isDirectory()) this.#directories++
    else if (stats.isFile()) this.#addFile(path, stats.size)
    else this.#others++
  }

  #addFile(path: string, size: number): void {
    this.#files++
    this.sizeBytes += size
    const slash = path.indexOf('/')
    const top = slash < 0 ? path : path.slice(0, slash + 1)
    this.#topLevel.set(top, (this.#topLevel.get(top) ?? 0) + size)
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (SECRET.test(name)) pushLimited(this.#secrets, nameText(path))
    const smallest = this.#biggest.at(-1)
    if (this.#biggest.length < BIGGEST || (smallest && size > smallest.sizeBytes)) {
      this.#biggest = biggestOf([...this.#biggest, { path: nameText(path), sizeBytes: size }])
    }
  }

  ignored(path: string): void {
    this.#ignoredCount++
    pushLimited(this.#ignored, nameText(path))
  }

  problem(path: string, reason: PathProblem['reason']): void {
    const isHarmless = reason === 'socket' || reason === 'vanished'
    pushLimited(isHarmless ? this.#skipped : this.#unreadable, { path: nameText(path), reason })
  }

  result(): ContextScan {
    const top = [...this.#topLevel].map(([path, sizeBytes]) => ({
      path: nameText(path),
      sizeBytes
    }))
    return {
      summary: {
        fileCount: this.#files,
        directoryCount: this.#directories,
        otherCount: this.#others,
        sizeBytes: this.sizeBytes,
        biggestFiles: this.#biggest,
        biggestEntries: biggestOf(top),
        isTruncated: this.isTruncated
      },
      tarBytes: this.#tarBytes,
      ignoredCount: this.#ignoredCount,
      ignored: this.#ignored,
      skipped: this.#skipped,
      unreadable: this.#unreadable,
      secrets: this.#secrets
    }
  }
}

function biggestOf(paths: readonly SizedPath[]): SizedPath[] {
  return paths.toSorted((a, b) => b.sizeBytes - a.sizeBytes).slice(0, BIGGEST)
}

function pushLimited<T>(list: T[], item: T): void {
  if (list.length < LIST_LIMIT) list.push(item)
}
