import { electronIn } from './electron-dist.mjs'
import { installOfficialElectron, officialElectron } from './electron-official.mjs'
import { installRegistryElectron, registryElectron } from './electron-registry.mjs'
import { SetupError, say } from './say.mjs'

/**
 * Finds or gets the Electron runtime: the folder that the person names, then one that is already
 * there, then Electron's own installer, then the npm registry. Says one line for each step.
 * @returns {Promise<import('./electron-dist.mjs').Electron>}
 * @throws {SetupError} when there is none to be had
 */
export async function ensureElectron() {
  return (
    overriddenElectron() ??
    (await presentElectron()) ??
    told('installed', await installOfficialElectron()) ??
    told('unpacked', await installRegistryElectron()) ??
    noElectron()
  )
}

function overriddenElectron() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!dist) return undefined
  const electron = electronIn(dist, 'override')
  // Another runtime than the one asked for would be a surprise.
  if (!electron) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH is ${dist}, but no Electron executable is there.`
    )
  }
  return told('that of ELECTRON_OVERRIDE_DIST_PATH', electron)
}

async function presentElectron() {
  const electron = officialElectron() ?? (await registryElectron())
  if (electron?.source === 'registry') {
    return told(
      "unpacked from the npm registry earlier; remove it to have Electron's installer tried again",
      electron
    )
  }
  return told("Electron's installer put it there earlier", electron)
}

/**
 * @template {import('./electron-dist.mjs').Electron | undefined} T
 * @param {string} how
 * @param {T} electron
 * @returns {T}
 */
function told(how, electron) {
  if (electron) say(`Electron ${electron.version}: ${how} (${electron.dist})`)
  return electron
}

/** @returns {never} */
function noElectron() {
  throw new SetupError(
    'No Electron runtime could be had, so the window cannot open. ' +
      'Any one of these helps: let this machine reach the release page of Electron; set ' +
      'ELECTRON_MIRROR to a mirror that it reaches, or HTTPS_PROXY to a proxy; let npm reach its ' +
      'registry (linux-x64 only); or unpack an Electron by hand and set ' +
      'ELECTRON_OVERRIDE_DIST_PATH to its folder. README.md, "Behind a firewall", has the details.'
  )
}
