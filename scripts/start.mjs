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
  const engine = args.some(
    (arg) => arg === '--private-engine' || arg.startsWith('--private-engine=')
  )
  await prepareMachine({ window: true, engine, tests: false })
  const { electron, env } = await prepareWindow()
  const app = startChild(electron.executable, [...sandboxArgs(), rootFolder, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    // At quit the app waits for its shells (5 s), for its private engine with what runs in it (20 s), and for what that leaves
    // behind (10 s): killed before, it would leave an engine that nobody ends.
    killAfterMs: 60_000
  })
  return exitOf(app)
}

/** Chromium refuses to run as root with its sandbox. */
function sandboxArgs() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
