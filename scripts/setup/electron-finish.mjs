import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const launcherFolder = join(dirname(fileURLToPath(import.meta.url)), 'default-app')

/** @param {string} dist */
const markFile = (dist) => join(dist, 'resources', 'default_app.sha256')

/**
 * Whether the launcher in a runtime was made from our present source.
 * @param {string} dist
 */
export async function launcherIsCurrent(dist) {
  try {
    return readFileSync(markFile(dist), 'utf8') === launcherHash()
  } catch {
    return false
  }
}

/**
 * Packs the launcher, the part of Electron that loads the app folder named on its command line.
 * @param {string} dist
 */
export async function writeLauncher(dist) {
  const { createPackage } = await import('@electron/asar')
  const asar = join(dist, 'resources', 'default_app.asar')
  const fresh = `${asar}.${process.pid}`
  try {
    await createPackage(launcherFolder, fresh)
    await rename(fresh, asar)
    await writeFile(markFile(dist), launcherHash())
  } finally {
    await rm(fresh, { force: true })
  }
}

function launcherHash() {
  const hash = createHash('sha256')
  for (const name of ['main.mjs', 'package.json']) {
    hash.update(readFileSync(join(launcherFolder, name)))
  }
  return hash.digest('hex')
}

/**
 * Sets the fuses to those of Electron as it is published for development. As found, it would load
 * the other app's snapshot, and Playwright could not attach.
 * @param {string} executable
 */
export async function flipFuses(executable) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flip(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableCookieEncryption]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: true
  })
}
