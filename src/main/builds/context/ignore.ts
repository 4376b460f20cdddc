import { posix } from 'node:path'
import { PortolanError } from '../../../shared/bridge/errors'
import { checkPattern, compilePattern } from './go-pattern'
import { decodeWithSurrogates } from '../../tar/names'

/** The longest line that Go's bufio.Scanner reads, in bytes. */
const LINE_LIMIT = 64 * 1024

/** Go's unicode.IsSpace; JavaScript's trim differs (U+0085, U+FEFF). */
const GO_SPACE = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`
const EDGE_SPACE = new RegExp(`^${GO_SPACE}+|${GO_SPACE}+$`, 'g')

/**
 * The patterns of an ignore file, in order: BOM dropped, lines that begin with `#` dropped, trimmed, cleaned as paths, one leading
 * slash dropped. Errors: `invalid-input` for a line over 64 KiB. Source: moby/patternmatcher `ignorefile.ReadAll`.
 */
export function readIgnoreFile(content: Buffer): string[] {
  const patterns: string[] = []
  let body = content
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) body = body.subarray(3)
  for (const line of decodeWithSurrogates(body).split('\n')) {
    if (line.length >= LINE_LIMIT) {
      throw new PortolanError({
        code: 'invalid-input',
        message: 'A line of the ignore file is longer than 64 KiB.',
        engineMessage: 'bufio.Scanner: token too long'
      })
    }
    if (line.startsWith('#')) continue
    const trimmed = trimAsGo(line)
    if (trimmed === '') continue
    const isException = trimmed.startsWith('!')
    let pattern = isException ? trimAsGo(trimmed.slice(1)) : trimmed
    if (pattern !== '') {
      pattern = cleanPath(pattern)
      if (pattern.length > 1 && pattern.startsWith('/')) pattern = pattern.slice(1)
    }
    patterns.push(isException ? `!${pattern}` : pattern)
  }
  return patterns
}

function trimAsGo(text: string): string {
  return text.replace(EDGE_SPACE, '')
}

/** Go's filepath.Clean. */
export function cleanPath(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

interface Pattern {
  readonly text: string
  readonly isException: boolean
  /** Compiled at the first use: a pattern that is never reached never fails, as in Go. */
  matches(path: string): boolean
}

/** Which patterns matched a folder, for the folder's children. */
export type FolderMatch = readonly boolean[]

/**
 * How a folder that is left out is treated if an exception (`!…`) might re-include something in it. `classic`: it is entered only if
 * an exception's text begins with the folder's path. `buildkit`: also if an exception has wildcards before its end.
 * Source: moby `archive.TarWithOptions` (classic), tonistiigi/fsutil `filterFS.Walk` (BuildKit).
 */
export type IgnoreRules = 'classic' | 'buildkit'

/** Decides which paths of a context are left out. */
export class IgnoreMatcher {
  readonly #patterns: readonly Pattern[]
  readonly #exceptions: readonly string[]
  readonly #entersAlways: boolean
  /** True where nothing is left out. */
  readonly isEmpty: boolean

  /** Errors: `invalid-input` for a malformed pattern or a lone `!`. */
  constructor(patterns: readonly string[], rules: IgnoreRules = 'classic') {
    this.#patterns = patterns.map(trimAsGo).filter(Boolean).map(toPattern)
    this.#exceptions = this.#patterns
      .filter((pattern) => pattern.isException)
      .map((pattern) => (rules === 'buildkit' ? withoutTrailingGlob(pattern.text) : pattern.text))
    this.#entersAlways =
      rules === 'buildkit' && this.#exceptions.some((text) => /[*[\]?^\\]/.test(text))
    this.isEmpty = this.#patterns.length === 0
  }

  /**
   * Whether a path is left out, and what its children need to know. `parent` is what its folder's own call answered; absent at the
   * top. Errors: `invalid-input` for a pattern that only now turns out to be malformed.
   * Source: moby/patternmatcher `MatchesUsingParentResults`.
   */
  match(path: string, parent?: FolderMatch): { isIgnored: boolean; folder: FolderMatch } {
    let isIgnored = false
    const folder: boolean[] = new Array<boolean>(this.#patterns.length).fill(false)
    for (const [index, pattern] of this.#patterns.entries()) {
      let isMatch = parent?.[index] ?? false
      if (!isMatch) {
        // A pattern that could not change the outcome is not asked.
        if (pattern.isException !== isIgnored) continue
        isMatch = pattern.matches(path)
      }
      folder[index] = isMatch
      if (isMatch) isIgnored = !pattern.isException
    }
    return { isIgnored, folder }
  }

  /** Whether a folder that is left out must be entered all the same, for what an exception may re-include. */
  mayReinclude(folder: string): boolean {
    if (this.#entersAlways) return true
    const inside = `${folder}/`
    return this.#exceptions.some((text) => `${text}/`.startsWith(inside))
  }
}

function toPattern(raw: string): Pattern {
  const cleaned = cleanPath(raw)
  const isException = cleaned.startsWith('!')
  const text = isException ? cleaned.slice(1) : cleaned
  if (text === '') {
    throw new PortolanError({
      code: 'invalid-input',
      message: 'A lone “!” is no ignore pattern.',
      engineMessage: 'illegal exclusion pattern: "!"'
    })
  }
  checkPattern(text)
  let test: ((path: string) => boolean) | undefined
  return { text, isException, matches: (path) => (test ??= compilePattern(text))(path) }
}

function withoutTrailingGlob(text: string): string {
  return text.replace(/\/\*\*$/, '').replace(/\/\*$/, '')
}

/**
 * The patterns with exceptions added for the ignore file and the Dockerfile, where they would be left out: the engine needs both, and
 * leaves them out itself. Source: docker/cli `TrimBuildFilesFromExcludes`, which asks the deprecated `patternmatcher.Matches`.
 */
export function keepBuildFiles(patterns: readonly string[], dockerfile?: string): string[] {
  const kept = [...patterns]
  if (matchesShallowly(kept, '.dockerignore')) kept.push('!.dockerignore')
  if (dockerfile !== undefined && matchesShallowly(kept, dockerfile)) kept.push(`!${dockerfile}`)
  return kept
}

/** A parent folder counts only at the pattern's own depth: that is what the deprecated `Matches` does. */
function matchesShallowly(patterns: readonly string[], path: string): boolean {
  let isIgnored = false
  const folders = path.split('/').slice(0, -1)
  try {
    for (const pattern of patterns.map(trimAsGo).filter(Boolean).map(toPattern)) {
      if (pattern.isException !== isIgnored) continue
      const depth = pattern.text.split('/').length
      const isMatch =
        pattern.matches(path) ||
        (depth <= folders.length && pattern.matches(folders.slice(0, depth).join('/')))
      if (isMatch) isIgnored = !pattern.isException
    }
  } catch {
    // A malformed pattern is told when the context is walked.
    return false
  }
  return isIgnored
}
