#!/usr/bin/env node
// npm run bench: measures Portolan against its references. What follows `--` goes to the bench.
import { exitOf, startChild } from './setup/children.mjs'
import { runMain } from './setup/lifetime.mjs'
import { rootFolder } from './setup/paths.mjs'
import { prepareMachine, prepareWindow } from './setup/prepare.mjs'
import { startEngineForTests } from './testing/engine.mjs'

await runMain(bench)

/** @returns {Promise<number>} the bench's exit code */
async function bench() {
  await prepareMachine({ window: true, engine: true, tests: true })
  const { env } = await prepareWindow()
  const engineEnv = await startEngineForTests()
  const child = startChild(process.execPath, ['test/bench/main.mjs', ...process.argv.slice(2)], {
    cwd: rootFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, ...engineEnv }
  })
  return exitOf(child)
}
