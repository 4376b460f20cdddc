import { requestOk } from './http.mjs'

/**
 * Takes the test engine away and brings it back, from any process of a test run. Whoever takes it away brings it back: the other
 * tests use it too. Only for the tests' own engine; on a developer's engine each of these throws.
 *
 * @typedef {Pick<import('./index.mjs').EngineDescription, 'controlSocket'>} Controllable default everywhere: the run's engine
 */

/** SIGKILL, as a crash: its containers run on without it. Answers when it has ended. @param {Controllable} [engine] */
export async function killEngine(engine) {
  await command('POST', '/kill', engine)
}

/** Starts it again on the same data and socket; answers when it answers. @param {Controllable} [engine] */
export async function startEngine(engine) {
  await command('POST', '/start', engine)
}

/**
 * An orderly stop, which waits out the containers' grace periods, and a start. Answers when it answers.
 * @param {Controllable} [engine]
 */
export async function restartEngine(engine) {
  await command('POST', '/restart', engine)
}

/** Whether it is down at present. @param {Controllable} [engine] */
export async function engineDown(engine) {
  return !(await command('GET', '/state', engine)).running
}

/**
 * @param {'GET' | 'POST'} method
 * @param {string} path
 * @param {Controllable} [engine]
 * @returns {Promise<{ running: boolean }>}
 */
async function command(method, path, engine = engineOfThisRun()) {
  if (engine.controlSocket === null) {
    throw new Error('This run uses an engine that is not its own, and does not kill or restart it.')
  }
  const target = { socketPath: engine.controlSocket }
  return JSON.parse(await requestOk(target, { method, path }))
}

/** @returns {Controllable} */
function engineOfThisRun() {
  const text = process.env['PORTOLAN_TEST_ENGINE']
  if (text === undefined)
    throw new Error('There is no test engine here: run the tests by `npm test`.')
  return JSON.parse(text)
}
