import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder, absolute. */
export const rootFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * The folder of a person's cache that fresh clones share. Source: XDG base directory specification,
 * which says that a relative XDG_CACHE_HOME is to be ignored.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string} absolute; it may not exist yet
 */
export function cacheFolder(env = process.env) {
  const stated = env.XDG_CACHE_HOME
  const base = stated?.startsWith('/') ? stated : join(homedir(), '.cache')
  return join(base, 'portolan')
}

/**
 * Where a package of ours lies.
 * @param {...string} parts below node_modules
 */
export function inNodeModules(...parts) {
  return join(rootFolder, 'node_modules', ...parts)
}
