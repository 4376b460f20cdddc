import { readdir, realpath, stat } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, parse, resolve } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import type { Builder, FolderReport, IgnoreSummary } from '../../shared/builds/model'
import { defaultTag } from '../../shared/builds/tag'
import { IgnoreMatcher, keepBuildFiles } from './context/ignore'
import { readPatterns } from './context/prepare'
import { scanContext, type ContextScan } from './context/scan'
import { findDockerfiles, isDockerfileName } from './find-dockerfiles'
import { warningsOf } from './folder-warnings'

/** A report must come soon: a folder with more than this is counted no further. */
const ENTRY_LIMIT = 200_000
const TIME_LIMIT_MS = 10_000

/** How to look at a dropped path. */
export interface InspectOptions {
  readonly signal: AbortSignal
  /** Whose ignore rules count; BuildKit's where absent, for it is what an engine builds with by default. */
  readonly builder?: Builder
  /** The Dockerfile whose ignore rules count, also one outside (absolute); the one that docker takes by itself where absent. */
  readonly dockerfile?: string
}

/**
 * Says what a dropped path is, and for a folder what a build of it would send. Anything may be dropped: every path has an answer, only
 * an aborted signal throws.
 */
export async function inspectPath(path: string, options: InspectOptions): Promise<FolderReport> {
  const absolute = resolve(path)
  const dropped = { path: absolute, name: basename(absolute) || absolute }
  try {
    const real = await realpath(absolute)
    const stats = await stat(real)
    if (!stats.isDirectory()) return ofNonFolder(dropped, stats)
    if (real === parse(real).root)
      return { ...dropped, kind: 'too-broad', reason: 'filesystem-root' }
    if (real === (await realpath(homedir()).catch(() => homedir()))) {
      return { ...dropped, kind: 'too-broad', reason: 'home' }
    }
    return await ofFolder(dropped, real, options)
  } catch (error) {
    options.signal.throwIfAborted()
    return { ...dropped, ...unreadable(error) }
  }
}

interface Dropped {
  readonly path: string
  readonly name: string
}

function ofNonFolder(dropped: Dropped, stats: Stats): FolderReport {
  if (stats.isSocket()) return { ...dropped, kind: 'special', type: 'socket' }
  if (stats.isFIFO()) return { ...dropped, kind: 'special', type: 'fifo' }
  if (!stats.isFile()) return { ...dropped, kind: 'special', type: 'device' }
  return {
    ...dropped,
    kind: 'file',
    sizeBytes: stats.size,
    isDockerfile: isDockerfileName(dropped.name),
    folder: dirname(dropped.path)
  }
}

async function ofFolder(
  dropped: Dropped,
  real: string,
  { signal, builder = 'buildkit', dockerfile }: InspectOptions
): Promise<FolderReport> {
  const dockerfiles = await findDockerfiles(real, await readdir(real), dockerfile)
  signal.throwIfAborted()
  const counted = dockerfiles.find(({ path }) => path === dockerfile) ?? dockerfiles[0]
  const { ignore, scan } = await scanFolder(real, counted?.path, builder, signal)
  const common = {
    ...dropped,
    proposedTag: defaultTag(dropped.name),
    context: scan.summary,
    ignore,
    skipped: scan.skipped,
    unreadable: scan.unreadable,
    warnings: warningsOf(scan, dockerfiles),
    ...(counted && { countedFor: counted.path })
  }
  return dockerfiles.length > 0
    ? { ...common, kind: 'build-folder', dockerfiles }
    : { ...common, kind: 'folder-without-dockerfile' }
}

async function scanFolder(
  contextPath: string,
  dockerfile: string | undefined,
  builder: Builder,
  signal: AbortSignal
): Promise<{ ignore: IgnoreSummary; scan: ContextScan }> {
  const scan = (matcher: IgnoreMatcher): Promise<ContextScan> =>
    scanContext({
      contextPath,
      matcher,
      rules: builder,
      signal,
      entryLimit: ENTRY_LIMIT,
      timeLimitMs: TIME_LIMIT_MS
    })
  try {
    const { file, patterns } = await readPatterns(
      contextPath,
      resolve(contextPath, dockerfile ?? 'Dockerfile'),
      builder
    )
    const matcher = new IgnoreMatcher(keepBuildFiles(patterns, dockerfile), builder)
    const result = await scan(matcher)
    const { ignored, ignoredCount } = result
    const summary = { patternCount: patterns.length, ignoredCount, ignored }
    return { ignore: { ...summary, ...(file !== undefined && { file }) }, scan: result }
  } catch (error) {
    // A faulty ignore file stops a build; the report says so and shows what the folder holds.
    if (!(error instanceof PortolanError)) throw error
    const nothing = { patternCount: 0, ignoredCount: 0, ignored: [] }
    const ignore = { ...nothing, file: '.dockerignore', problem: error.data.message }
    return { ignore, scan: await scan(new IgnoreMatcher([])) }
  }
}

function unreadable(
  error: unknown
): Pick<Extract<FolderReport, { kind: 'unreadable' }>, 'kind' | 'reason' | 'systemMessage'> {
  const systemMessage = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const reasons = new Map<unknown, 'permission-denied' | 'symlink-loop' | 'not-found'>([
    ['EACCES', 'permission-denied'],
    ['EPERM', 'permission-denied'],
    ['ELOOP', 'symlink-loop'],
    ['ENOENT', 'not-found'],
    ['ENOTDIR', 'not-found']
  ])
  return { kind: 'unreadable', reason: reasons.get(code) ?? 'unreadable', systemMessage }
}
