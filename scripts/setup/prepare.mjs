import { ensureBuild } from './build.mjs'
import { lacksDisplay, startVirtualDisplay } from './display.mjs'
import { electronEnvironment } from './electron-dist.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensureNodeModules } from './node-modules.mjs'
import { displayGroup, engineGroup, testGroup, windowGroup } from './system-packages.mjs'
import { ensureSystemParts } from './system-parts.mjs'

/**
 * @typedef {object} Prepared
 * @property {import('./electron-dist.mjs').Electron} electron
 * @property {Record<string, string>} env what a child needs in its environment to find it all
 */

/**
 * All the set-up of one command, in an order in which each step has what it needs.
 * @param {{ engine: boolean, tests: boolean }} needs engine: a private engine may be started;
 *   tests: the tests' own parts as well
 * @returns {Promise<Prepared>}
 */
export async function prepare({ engine, tests }) {
  await ensureSystemParts([
    windowGroup,
    ...(lacksDisplay() ? [displayGroup] : []),
    ...(engine ? [engineGroup] : []),
    ...(tests ? [testGroup] : [])
  ])
  await ensureNodeModules()
  const electron = await ensureElectron()
  await ensureBuild(electron)
  const display = lacksDisplay() ? await startVirtualDisplay() : {}
  return { electron, env: { ...electronEnvironment(electron), ...display } }
}
