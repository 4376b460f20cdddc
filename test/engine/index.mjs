import { startOwnEngine } from './own-engine.mjs'
import { useSharedEngine } from './shared-engine.mjs'
import { IMAGE_NAMES } from './images/image-set.mjs'

/**
 * All that a test needs to know of the engine it runs against; travels as JSON in PORTOLAN_TEST_ENGINE.
 * @typedef {object} EngineDescription
 * @property {string} dockerHost as DOCKER_HOST has it
 * @property {boolean} ownEngine whether the engine is the tests' own; false: somebody's, and the rest below is null
 * @property {string | null} dir the engine's folder
 * @property {number | null} pid process 1 of its namespaces, for `nsenter`; stays the same when the engine is restarted
 * @property {string | null} controlSocket for control.mjs
 * @property {import('./registries.mjs').Registries | null} registries null also when they were not asked for
 * @property {Partial<Record<import('./images/image-set.mjs').ImageName, import('./images/load.mjs').LoadedImage>>} images
 *
 * @typedef {object} TestEngine
 * @property {string} dockerHost
 * @property {EngineDescription} engine
 * @property {Record<string, string>} env what the processes of a test run need in their environment
 * @property {() => Promise<void>} stop ends and sweeps it; answers when nothing is left
 */

/**
 * Starts an engine for tests, with its images and registries; several may run at once. Where the developer names an engine by
 * PORTOLAN_TEST_DOCKER_HOST nothing is started, and only objects with the tests' label are made and swept there.
 *
 * The engine ends with this process at the latest, whatever ends it; `stop` waits for it.
 * @param {object} [options]
 * @param {readonly import('./images/image-set.mjs').ImageName[]} [options.images] default: all
 * @param {boolean} [options.registries] default: true
 * @returns {Promise<TestEngine>}
 */
export async function startTestEngine({ images = IMAGE_NAMES, registries = true } = {}) {
  const named = process.env['PORTOLAN_TEST_DOCKER_HOST']
  // Inside a test run the variable is our own doing, and a test that wants another engine gets one.
  const isDevelopers = named !== undefined && process.env['PORTOLAN_TEST_ENGINE'] === undefined
  const { engine, stop } = isDevelopers
    ? await useSharedEngine(named, images)
    : await startOwnEngine({ images, registries })
  return {
    dockerHost: engine.dockerHost,
    engine,
    env: {
      PORTOLAN_TEST_DOCKER_HOST: engine.dockerHost,
      PORTOLAN_TEST_ENGINE: JSON.stringify(engine)
    },
    stop
  }
}
