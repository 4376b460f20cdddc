import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IgnoreMatcher, type IgnoreRules } from './ignore'
import { scanContext, type ContextScan, type ScanOptions } from './scan'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'scan-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** Tells when the first name is looked at, and how many were. */
class Matcher extends IgnoreMatcher {
  matchCount = 0
  onMatch: (() => void) | undefined

  override match(...given: Parameters<IgnoreMatcher['match']>): ReturnType<IgnoreMatcher['match']> {
    if (this.matchCount++ === 0) this.onMatch?.()
    return super.match(...given)
  }
}

/** Scans a context of which nothing is sent. */
function scan(
  patterns: readonly string[],
  rules: IgnoreRules,
  more: Partial<ScanOptions> = {}
): Promise<ContextScan> {
  const matcher = new IgnoreMatcher(patterns, rules)
  return scanContext({ contextPath: root, matcher, rules, ...more })
}

describe('where all is left out', () => {
  const cases: readonly [string, () => void, string[], IgnoreRules, number][] = [
    ['a folder of many files', () => plant('', 3000), ['*.log'], 'classic', 3000],
    ['folders that must be entered', plantFolders, ['*', '!**/wanted'], 'buildkit', 120]
  ]

  it.each(cases)('%s: all is counted', async (_title, make, patterns, rules, count) => {
    make()
    const { ignoredCount, summary } = await scan(patterns, rules)
    expect(ignoredCount).toBe(count)
    expect(summary).toMatchObject({ fileCount: 0, directoryCount: 0, isTruncated: false })
  })

  it.each(cases)('%s: the time limit stops it', async (_title, make, patterns, rules, count) => {
    make()
    const { ignoredCount, summary } = await scan(patterns, rules, { timeLimitMs: 0 })
    expect(ignoredCount).toBeLessThan(count)
    expect(summary.isTruncated).toBe(true)
  })

  it.each(cases)('%s: the signal stops it', async (_title, make, patterns, rules, count) => {
    make()
    const stop = new AbortController()
    const matcher = new Matcher(patterns, rules)
    matcher.onMatch = () => setImmediate(() => stop.abort())
    await expect(scan(patterns, rules, { matcher, signal: stop.signal })).rejects.toThrow('aborted')
    expect(matcher.matchCount).toBeLessThan(count)
  })
})

/** Links to one file: they are made much sooner than files, and a scan counts them alike. */
function plant(folder: string, count: number): void {
  mkdirSync(join(root, folder), { recursive: true })
  const first = join(root, folder, '0.log')
  writeFileSync(first, '')
  for (let index = 1; index < count; index++) linkSync(first, join(root, folder, `${index}.log`))
}

function plantFolders(): void {
  for (let index = 0; index < 40; index++) plant(`folder-${index}`, 3)
}
