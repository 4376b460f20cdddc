import { readFile, stat } from 'node:fs/promises'
import { PortolanError } from '../../shared/bridge/errors'
import { isPathSource } from '../../shared/run/codec-files'
import type { Surroundings } from '../../shared/run/create-surroundings'
import { KeyValueFileError, readKeyValueFile } from '../../shared/run/key-value-file'
import type { RunSpec } from '../../shared/run/model'

type Environment = Readonly<Record<string, string | undefined>>
type Files = Pick<Surroundings, 'envOfFiles' | 'labelsOfFiles' | 'seccompProfiles'>

/**
 * What the files of this machine say that a spec names: --env-file, --label-file and seccomp profiles.
 * Errors: `not-found`, `permission-denied`, `invalid-input` for a file that is not of its format.
 */
export async function readSpecFiles(spec: RunSpec, environment: Environment): Promise<Files> {
  const envOfFiles = await readLines(spec.envFiles, (name) => environment[name])
  const labelsOfFiles = await readLines(spec.labelFiles, () => undefined)
  return { envOfFiles, labelsOfFiles, seccompProfiles: await readProfiles(spec) }
}

async function readLines(
  paths: readonly string[] = [],
  lookUp: (name: string) => string | undefined
): Promise<string[]> {
  const lines: string[] = []
  for (const path of paths) {
    const text = await readText(path)
    try {
      lines.push(...readKeyValueFile(text, lookUp))
    } catch (thrown) {
      if (!(thrown instanceof KeyValueFileError)) throw thrown
      throw badFile(path, `invalid env file (${path}): ${thrown.message}`, thrown)
    }
  }
  return lines
}

async function readProfiles(spec: RunSpec): Promise<Record<string, string>> {
  const profiles: Record<string, string> = {}
  for (const option of spec.securityOptions ?? []) {
    const path = /^seccomp[=:](.+)$/s.exec(option)?.[1]
    // A container tells its profile as the JSON itself.
    if (path === undefined || ['builtin', 'unconfined'].includes(path) || path.startsWith('{'))
      continue
    const text = await readText(path)
    try {
      profiles[path] = JSON.stringify(JSON.parse(text))
    } catch (cause) {
      throw badFile(path, `${path} is not a seccomp profile: it is no JSON.`, cause)
    }
  }
  return profiles
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf8', { fatal: true }).decode(await readFile(path))
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
    if (code === 'ENOENT')
      throw new PortolanError(
        {
          code: 'not-found',
          message: `There is no file ${path}.`,
          hint: 'Write the whole path of a file on this machine.',
          subject: { kind: 'file', name: path }
        },
        { cause: thrown }
      )
    if (code === 'EACCES')
      throw new PortolanError(
        {
          code: 'permission-denied',
          message: `You may not read ${path}.`,
          subject: { kind: 'file', name: path }
        },
        { cause: thrown }
      )
    throw badFile(path, `${path} cannot be read as text.`, thrown)
  }
}

function badFile(path: string, message: string, cause: unknown): PortolanError {
  return new PortolanError(
    { code: 'invalid-input', message, subject: { kind: 'file', name: path } },
    { cause }
  )
}

/** A warning for each bind of --volume whose source is not on this machine: the engine makes an empty folder there. */
export async function missingSources(spec: RunSpec): Promise<string[]> {
  const sources = (spec.volumes ?? [])
    .map(({ source }) => source)
    .filter((source) => source !== undefined)
    .filter(isPathSource)
  const missing = await Promise.all(
    [...new Set(sources)].map(async (source) => ((await isThere(source)) ? [] : [source]))
  )
  return missing
    .flat()
    .map((source) => `${source} was not there: the engine makes an empty folder of that name.`)
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}
