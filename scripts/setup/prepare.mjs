import { ensureBuild } from './build.mjs'
import { lacksDisplay, startVirtualDisplay } from './display.mjs'
import { electronEnvironment } from './electron-dist.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensureNodeModules } from './node-modules.mjs'
import { displayGroup, engineGroup, testGroup, windowGroup } from './system-packages.mjs'
import { ensureSystemParts } from './system-parts.mjs'

/**
 * The first half of every set-up: the system's parts, then the node modules.
 * @param {{ window: boolean, engine: boolean, tests: boolean }} needs window: Electron is to open
 *   one; engine: a private engine may be started; tests: the tests' own parts are needed too
 */
export async function prepareMachine({ window, engine, tests }) {
  await ensureSystemParts([
    ...(window ? [windowGroup] : []),
    ...(window && lacksDisplay() ? [displayGroup] : []),
    ...(engine ? [engineGroup] : []),
    ...(tests ? [testGroup] : [])
  ])
  await ensureNodeModules()
}

/**
 * The second half, for a window: the Electron runtime, the built app, and a display.
 * @returns {Promise<{ electron: import('./electron-dist.mjs').Electron, env: Record<string, string> }>}
 *   env: what children need in their environment to find it all
 */
export async function prepareWindow() {
  const electron = await ensureElectron()
  await ensureBuild(electron)
  const display = lacksDisplay() ? await startVirtualDisplay() : {}
  return { electron, env: { ...electronEnvironment(electron), ...display } }
}
