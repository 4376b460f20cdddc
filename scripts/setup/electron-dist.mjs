import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} Electron a runtime that can be started
 * @property {string} executable absolute path
 * @property {string} dist the folder that Electron's packages call "dist"
 * @property {string} version such as "45.4.1"
 * @property {'override' | 'official' | 'registry'} source where it is from: the person's own folder,
 *   Electron's installer, the npm registry
 */

/**
 * The executable inside an unpacked runtime. Source: getPlatformPath in electron's install.js.
 * @param {string} dist
 * @param {NodeJS.Platform} [platform]
 */
export function executableIn(dist, platform = process.platform) {
  if (platform === 'darwin') return join(dist, 'Electron.app/Contents/MacOS/Electron')
  return join(dist, platform === 'win32' ? 'electron.exe' : 'electron')
}

/**
 * Looks at an unpacked runtime.
 * @param {string} dist
 * @param {Electron['source']} source
 * @returns {Electron | undefined} undefined where there is none
 */
export function electronIn(dist, source) {
  const executable = executableIn(dist)
  if (!existsSync(executable)) return undefined
  return { executable, dist, version: versionIn(dist), source }
}

/** @param {string} dist */
function versionIn(dist) {
  try {
    return readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
  } catch {
    return 'of unknown version'
  }
}

/**
 * The variables by which each tool finds the runtime: electron-vite reads the one, the electron
 * package and Playwright the other.
 * @param {Electron} electron
 * @returns {Record<string, string>}
 */
export function electronEnvironment({ executable, dist, version }) {
  return {
    ELECTRON_EXEC_PATH: executable,
    ELECTRON_OVERRIDE_DIST_PATH: dist,
    PORTOLAN_ELECTRON_VERSION: version
  }
}
