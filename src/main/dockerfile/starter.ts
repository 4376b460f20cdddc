import { readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import type { CreateOutcome, StarterProposal } from '../../shared/dockerfile/model'
import { starterFor } from '../../shared/dockerfile/starter'
import { LOOKED_INTO } from '../../shared/dockerfile/starter-facts'
import type { GrantedPaths } from '../bridge/granted-paths'
import { allowed, checkName, fileError } from './local-text'
import { readSome } from './read-some'

/** A longer file is not looked into. In bytes. */
const LOOK_LIMIT = 1024 * 1024

/**
 * The files to begin with for a folder without a Dockerfile; nothing is written. An ignore file that is there stays and is not
 * proposed anew. Errors: `permission-denied` for a folder that was not handed over, `not-found`.
 */
export async function proposeStarter(
  folder: string,
  granted: GrantedPaths
): Promise<StarterProposal> {
  const real = await allowed(folder, granted)
  const names = await readdir(real).catch((error: unknown) => {
    throw fileError(error, folder)
  })
  const texts: Record<string, string> = {}
  for (const name of LOOKED_INTO) {
    if (!names.includes(name)) continue
    const text = await readSome(join(real, name), LOOK_LIMIT)
    if (text !== undefined) texts[name] = text
  }
  const commands = names.includes('cmd') ? await readdir(join(real, 'cmd')).catch(() => []) : []
  const { kind, dockerfile, dockerignore } = starterFor({ names, texts, commands })
  const files = [{ path: join(folder, 'Dockerfile'), text: dockerfile }]
  if (!names.includes('.dockerignore'))
    files.push({ path: join(folder, '.dockerignore'), text: dockerignore })
  return { kind, files }
}

/**
 * Writes new files, all of them or none, and never over one that is there. Errors: those of `saveLocalText`.
 */
export async function createFiles(
  files: readonly { readonly path: string; readonly text: string }[],
  granted: GrantedPaths
): Promise<CreateOutcome> {
  const written: string[] = []
  try {
    for (const { path, text } of files) {
      checkName(path)
      const target = join(await allowed(dirname(path), granted), basename(path))
      await writeFile(target, text, { flag: 'wx' })
      written.push(target)
    }
    return { kind: 'created' }
  } catch (error) {
    for (const path of written) await rm(path, { force: true })
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const path = files[written.length]?.path ?? ''
    if (isThere) return { kind: 'exists', path }
    throw error instanceof PortolanError ? error : fileError(error, path)
  }
}
