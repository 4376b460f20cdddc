import { randomBytes } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { PortolanError } from '../../../shared/bridge/errors'
import type { Builder, BuildOptions } from '../../../shared/builds/model'
import { IgnoreMatcher, keepBuildFiles, readIgnoreFile, type IgnoreRules } from './ignore'
import { nameForMatching, nameFromText } from '../../tar/names'
import { readSmallFile, SmallFileError } from './small-file'

/** A context that is ready to be scanned and packed. */
export interface PreparedContext {
  /** Absolute, links resolved. */
  readonly contextPath: string
  /** The name inside the context that the engine is told. */
  readonly dockerfileName: string
  readonly dockerfileText: string
  readonly matcher: IgnoreMatcher
  readonly rules: IgnoreRules
  readonly extraDockerfile?: { readonly name: string; readonly content: Buffer }
}

/**
 * Finds the Dockerfile and the ignore file of a build. A Dockerfile from outside gets a random name inside, as the docker CLI gives
 * it. With BuildKit `<Dockerfile>.dockerignore` is preferred to `.dockerignore`; the classic CLI does not know it.
 * Errors: `not-found`, `permission-denied`, `invalid-input`. Source: docker/cli `cli/command/image/build/context.go`.
 */
export async function prepareContext(
  options: Pick<BuildOptions, 'contextPath' | 'dockerfile'>,
  builder: Builder
): Promise<PreparedContext> {
  const contextPath = await resolveFolder(options.contextPath)
  const given = isAbsolute(options.dockerfile)
    ? options.dockerfile
    : resolve(contextPath, options.dockerfile)
  const path = await guard(given, 'Dockerfile', realpath(given))
  const content = await guard(given, 'Dockerfile', readSmallFile(path))
  const inside = relative(contextPath, path).split(sep).join('/')
  const isOutside = inside.startsWith('../') || isAbsolute(inside)
  const name = isOutside ? `.dockerfile.${randomBytes(10).toString('hex')}` : inside
  const { patterns } = await readPatterns(contextPath, given, builder)
  const rules: IgnoreRules = builder
  const kept = keepBuildFiles(patterns, nameForMatching(nameFromText(inside)))
  return {
    contextPath,
    dockerfileName: name,
    dockerfileText: content.toString('utf8'),
    matcher: new IgnoreMatcher(kept, rules),
    rules,
    ...(isOutside && { extraDockerfile: { name, content } })
  }
}

/** The folder with its links resolved. Errors: `not-found`, `permission-denied`, `invalid-input` for what is no folder. */
export async function resolveFolder(path: string): Promise<string> {
  const real = await guard(path, 'folder', realpath(path))
  const stats = await guard(path, 'folder', stat(real))
  if (stats.isDirectory()) return real
  throw new PortolanError({
    code: 'invalid-input',
    message: `“${path}” is no folder: only a folder can be a build context.`,
    subject: { kind: 'file', name: path }
  })
}

/** The patterns in force for a Dockerfile. `file` is relative to the context where it lies in it. */
export async function readPatterns(
  contextPath: string,
  dockerfilePath: string,
  builder: Builder
): Promise<{ file?: string; patterns: string[] }> {
  const own = `${dockerfilePath}.dockerignore`
  const candidates = [...(builder === 'buildkit' ? [own] : []), join(contextPath, '.dockerignore')]
  for (const path of candidates) {
    const content = await readIfThere(path)
    if (content) {
      const inside = relative(contextPath, path).split(sep).join('/')
      return { file: inside.startsWith('../') ? path : inside, patterns: readIgnoreFile(content) }
    }
  }
  return { patterns: [] }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readSmallFile(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw fileError(error, path, 'ignore file')
  }
}

async function guard<T>(path: string, what: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw fileError(error, path, what)
  }
}

function fileError(error: unknown, path: string, what: string): PortolanError {
  const code = codeOf(error)
  const base = {
    subject: { kind: 'file', name: path },
    engineMessage: error instanceof Error ? error.message : String(error)
  } as const
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new PortolanError({
      ...base,
      code: 'not-found',
      message: `There is no ${what} “${path}”.`
    })
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `You may not read the ${what} “${path}”.`
    return new PortolanError({ ...base, code: 'permission-denied', message })
  }
  const reason = error instanceof SmallFileError ? ` ${error.message}` : ''
  const message = `The ${what} “${path}” cannot be read.${reason}`
  return new PortolanError({ ...base, code: 'invalid-input', message })
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
