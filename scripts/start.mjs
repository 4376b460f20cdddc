#!/usr/bin/env node
// npm start: sets everything up that is not, then opens the window. What follows `--` goes to the app.
import { exitOf, startChild } from './setup/children.mjs'
import { runMain } from './setup/lifetime.mjs'
import { rootFolder } from './setup/paths.mjs'
import { prepareMachine, prepareWindow } from './setup/prepare.mjs'

await runMain(start)

/** @returns {Promise<number>} the app's exit code */
async function start() {
  const args = process.argv.slice(2)
  const engine = args.includes('--private-engine')
  await prepareMachine({ window: true, engine, tests: false })
  const { electron, env } = await prepareWindow()
  const app = startChild(electron.executable, [...sandboxArgs(), rootFolder, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    // A private engine ends with the app, and its containers have ten seconds to stop.
    killAfterMs: 20_000
  })
  return exitOf(app)
}

/** Chromium refuses to run as root with its sandbox. */
function sandboxArgs() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
