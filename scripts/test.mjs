#!/usr/bin/env node
// npm test: sets everything up that is not, then runs every test and says how many there were.
// `npm test -- unit e2e -- ARG…` runs some suites, and passes the arguments on to their runners.
import { runMain } from './setup/lifetime.mjs'
import { prepareMachine, prepareWindow } from './setup/prepare.mjs'
import { interruption } from './setup/children.mjs'
import { messageOf, say } from './setup/say.mjs'
import { startEngineForTests } from './testing/engine.mjs'
import { failuresOf, lastLine, sum, tableOf } from './testing/results.mjs'
import { notRun, runChecks, runSuite } from './testing/run-suites.mjs'
import { checks, checksName, choiceOf, suites } from './testing/suites.mjs'

await runMain(test)

/** @returns {Promise<number>} 0 when nothing failed */
async function test() {
  const { names, extra } = choiceOf(process.argv.slice(2))
  const chosen = names.flatMap((name) => suites[name] ?? [])
  const engine = chosen.some((suite) => suite.engine)
  const window = chosen.some((suite) => suite.window)
  await prepareMachine({ window, engine, tests: engine })

  const results = names.includes(checksName) ? [await runChecks(checks)] : []
  const needEngine = once(startEngineForTests)
  const needWindow = once(prepareWindow)
  for (const suite of chosen) {
    try {
      const windowEnv = suite.window ? (await needWindow()).env : {}
      const engineEnv = suite.engine ? await needEngine() : {}
      results.push(await runSuite(suite, extra, { ...windowEnv, ...engineEnv }))
    } catch (error) {
      interruption.throwIfAborted()
      say(messageOf(error))
      results.push(notRun(suite, messageOf(error)))
    }
  }
  return report(results, window ? await electronOf(needWindow) : undefined)
}

/** @param {typeof prepareWindow} needWindow */
async function electronOf(needWindow) {
  return needWindow().then(
    ({ electron }) => electron,
    () => undefined
  )
}

/**
 * @param {readonly import('./testing/results.mjs').SuiteResult[]} results
 * @param {import('./setup/electron-dist.mjs').Electron | undefined} electron
 */
function report(results, electron) {
  const total = sum(results)
  const ran = electron
    ? `The windows ran on Electron ${electron.version} (${electron.source}).`
    : 'No Electron ran.'
  console.log(`\n${failuresOf(results)}${tableOf(results)}\n\n${ran}\n${lastLine(total)}`)
  return total.failed === 0 ? 0 : 1
}

/**
 * Does it when it is first asked for, and answers the same ever after; a failure too.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {() => Promise<T>}
 */
function once(work) {
  /** @type {Promise<T> | undefined} */
  let doing
  return () => (doing ??= work())
}
