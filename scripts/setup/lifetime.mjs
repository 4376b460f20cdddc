import { constants } from 'node:os'
import { interruptChildren, interruption, killChildren } from './children.mjs'
import { SetupError, say } from './say.mjs'

/** @type {(() => unknown)[]} */
const endings = []

/** A second Ctrl+C counts only after this: npm repeats the terminal's first one at once. */
const repeatAfterMs = 1500

/**
 * Registers what must be done when the script ends, however it ends. Last in, first out.
 * @param {() => unknown} ending may return a promise
 */
export function atTheEnd(ending) {
  endings.push(ending)
}

/**
 * The frame of every script: runs it, lets Ctrl+C end its children in order, then the endings, then
 * exits with the script's code; 1 when it failed, 128 + signal when it was interrupted.
 * @param {() => Promise<number>} script
 */
export async function runMain(script) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => interrupt(signal))
  }
  process.on('exit', killChildren)
  const code = await script().catch(exitCodeOfFailure)
  process.exit(await finish(code))
}

let interruptedAtMs = 0

/** @param {NodeJS.Signals} signal */
function interrupt(signal) {
  if (!interruption.aborted) {
    interruptedAtMs = Date.now()
    process.exitCode = 128 + constants.signals[signal]
    interruptChildren(signal)
  } else if (Date.now() - interruptedAtMs > repeatAfterMs) {
    killChildren()
  }
}

/**
 * @param {unknown} error
 * @returns {number}
 */
function exitCodeOfFailure(error) {
  if (error instanceof SetupError) say(error.message)
  else console.error(error)
  return 1
}

/** @param {number} code */
async function finish(code) {
  for (const ending of endings.reverse()) {
    try {
      await ending()
    } catch (error) {
      code = exitCodeOfFailure(error)
    }
  }
  return interruption.aborted ? Number(process.exitCode) : code
}
