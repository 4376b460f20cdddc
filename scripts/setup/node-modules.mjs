import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { npm } from './npm.mjs'
import { inNodeModules, rootFolder } from './paths.mjs'
import { SetupError, say } from './say.mjs'

/**
 * @typedef {object} Locked a package as a lockfile states it
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [link]
 */

const stampFile = inNodeModules('.portolan-stamp')

/**
 * Installs the node modules when they are not those of package-lock.json. When nothing changed it
 * reads two files.
 */
export async function ensureNodeModules() {
  const lockText = await readFile(join(rootFolder, 'package-lock.json'), 'utf8')
  const stamp = stampOf(lockText)
  if ((await textOf(stampFile)) === stamp) return
  // A person may have run npm by hand: what npm says it installed is then believed.
  if (!holdsLocked(lockText, await textOf(inNodeModules('.package-lock.json')))) {
    say('node modules: installing those of package-lock.json (npm ci), half a minute or so')
    const { code, stderr } = await npm(['ci', '--loglevel=error'], { cwd: rootFolder })
    if (code !== 0) throw new SetupError(failureText(code, stderr))
  }
  await writeFile(stampFile, stamp)
}

/**
 * @param {number} code
 * @param {string} stderr npm's words; its lesson on how npm ci is used is left out
 */
function failureText(code, stderr) {
  const words = stderr.split('npm error Clean install a project')[0]?.trim() ?? ''
  return (
    `npm ci failed with exit code ${code}:\n${words}\n` +
    'Portolan needs the npm registry. Behind a firewall, set npm\'s "registry" or "proxy" by ' +
    '`npm config set`, and start again.'
  )
}

/**
 * What a node_modules folder was made from: another lockfile, another Node (native modules) or
 * another kind of machine (a folder shared with a container) makes it another one.
 * @param {string} lockText
 */
export function stampOf(lockText) {
  const major = process.versions.node.split('.')[0]
  const hash = createHash('sha256').update(lockText).digest('hex')
  return `${hash} node${major} ${process.platform}-${process.arch}\n`
}

/**
 * Whether an installed tree is the locked one: every package at its version, but for optional ones,
 * which npm leaves out on other platforms, and none besides.
 * @param {string} lockText package-lock.json
 * @param {string | undefined} installedText node_modules/.package-lock.json, npm's own account
 */
export function holdsLocked(lockText, installedText) {
  if (installedText === undefined) return false
  const locked = packagesOf(lockText)
  const installed = packagesOf(installedText)
  const present = Object.entries(locked).every(([path, wanted]) => {
    const found = installed[path]
    if (path === '' || wanted.link) return true
    if (!found) return wanted.optional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
  return present && Object.keys(installed).every((path) => path in locked)
}

/**
 * @param {string} lockText
 * @returns {Record<string, Locked>}
 */
function packagesOf(lockText) {
  return JSON.parse(lockText).packages ?? {}
}

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} undefined where there is no such file
 */
async function textOf(path) {
  return readFile(path, 'utf8').catch(() => undefined)
}
