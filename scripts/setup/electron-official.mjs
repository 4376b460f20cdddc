import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './children.mjs'
import { electronIn } from './electron-dist.mjs'
import { inNodeModules } from './paths.mjs'
import { say } from './say.mjs'

const dist = inNodeModules('electron', 'dist')

/** An installer that brings no byte for this long is given up. */
const stallMs = 20_000

/**
 * What Electron's installer has unpacked.
 * @returns {import('./electron-dist.mjs').Electron | undefined} undefined where there is nothing, or
 *   another version than that of the electron package
 */
export function officialElectron() {
  const found = electronIn(dist, 'official')
  return found?.version === packageVersion() ? found : undefined
}

/**
 * Runs Electron's own installer, which downloads from its release page, or from ELECTRON_MIRROR.
 * @returns {Promise<import('./electron-dist.mjs').Electron | undefined>} undefined when it failed,
 *   which has been said
 */
export async function installOfficialElectron() {
  const from = process.env.ELECTRON_MIRROR ? 'ELECTRON_MIRROR' : 'its release page'
  say(
    `Electron ${packageVersion()}: running its own installer (a download of about 120 MB from ${from})`
  )
  const downloads = await mkdtemp(join(tmpdir(), 'portolan-electron-'))
  const stalled = new AbortController()
  const watch = watchGrowth([downloads, dist], () => stalled.abort())
  try {
    const { code, stderr, stdout } = await run(
      process.execPath,
      [inNodeModules('electron', 'install.js')],
      { env: installerEnvironment(process.env, downloads), signal: stalled.signal }
    )
    const electron = officialElectron()
    if (code === 0 && electron) return electron
    const why = stalled.signal.aborted
      ? `no byte came for ${stallMs / 1000} s`
      : reasonIn(stderr || stdout)
    say(`Electron's own installer failed: ${why}`)
    return undefined
  } finally {
    clearInterval(watch)
    await rm(downloads, { recursive: true, force: true })
  }
}

/**
 * The installer downloads into its temporary folder and unpacks into its dist folder, which is all the
 * progress that it shows.
 * @param {readonly string[]} folders
 * @param {() => void} onStall
 */
function watchGrowth(folders, onStall) {
  let seenBytes = -1
  let grewAtMs = Date.now()
  const look = async () => {
    const sizes = await Promise.all(folders.map(bytesBelow))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    if (bytes !== seenBytes) grewAtMs = Date.now()
    seenBytes = bytes
    if (Date.now() - grewAtMs > stallMs) onStall()
  }
  return setInterval(() => void look(), 1000)
}

/** @param {string} folder */
async function bytesBelow(folder) {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0
    )
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/**
 * The proxy variables are honoured by @electron/get only when it is asked to, and by newer Nodes'
 * fetch only with NODE_USE_ENV_PROXY.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} temporaryFolder
 * @returns {NodeJS.ProcessEnv}
 */
export function installerEnvironment(env, temporaryFolder) {
  const proxied = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some(
    (name) => env[name]
  )
  return {
    ...env,
    TMPDIR: temporaryFolder,
    TEMP: temporaryFolder,
    TMP: temporaryFolder,
    ...(proxied ? { ELECTRON_GET_USE_PROXY: '1', NODE_USE_ENV_PROXY: '1' } : {})
  }
}

/**
 * The line of a stack that says what happened.
 * @param {string} output
 */
export function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.trim())
  const told = lines.find((line) => /error/i.test(line) && !line.startsWith('at '))
  return told ?? lines.find((line) => line !== '') ?? 'it said nothing'
}

/** @returns {string} */
function packageVersion() {
  return JSON.parse(readFileSync(inNodeModules('electron', 'package.json'), 'utf8')).version
}
