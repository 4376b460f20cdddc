import { atTheEnd } from '../setup/lifetime.mjs'
import { say } from '../setup/say.mjs'

/**
 * Starts the test engine, which ends with this script.
 * @returns {Promise<Record<string, string>>} the variables by which tests find it
 */
export async function startEngineForTests() {
  say('starting the test engine')
  // Loaded here: node modules are there by now.
  const { startTestEngine } = await import('../../test/engine/index.mjs')
  const engine = await startTestEngine()
  atTheEnd(() => engine.stop())
  return engine.env
}
