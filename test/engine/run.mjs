/**
 * Runs one command against a fresh test engine, and sweeps the engine afterwards:
 *
 *     node test/engine/run.mjs -- npx vitest run --project integration
 *     node test/engine/run.mjs -- docker run --rm busybox ping -c 1 127.0.0.1
 *     node test/engine/run.mjs -- bash
 *
 * DOCKER_HOST is set as well, so that a docker command finds it. Exits with the command's exit code. Needs root, dockerd, a static
 * busybox, docker-registry and htpasswd; or, with PORTOLAN_TEST_DOCKER_HOST set, just that engine.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { startTestEngine } from './index.mjs'

const separator = process.argv.indexOf('--')
const [command, ...args] = separator === -1 ? [] : process.argv.slice(separator + 1)
if (command === undefined) {
  process.stderr.write('Usage: node test/engine/run.mjs -- COMMAND [ARGUMENT...]\n')
  process.exit(2)
}

// Ctrl+C reaches the command as well: we wait for its end, then sweep. SIGTERM reaches us alone, so it is passed on.
let interrupted = 0
/** @type {import('node:child_process').ChildProcess | undefined} */
let child
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    interrupted = constants.signals[signal]
    if (signal === 'SIGTERM') child?.kill(signal)
  })
}

const engine = await startTestEngine()
try {
  if (interrupted === 0) {
    const env = { ...process.env, ...engine.env, DOCKER_HOST: engine.dockerHost }
    child = spawn(command, args, { stdio: 'inherit', env })
    const [code, signal] = await once(child, 'exit')
    process.exitCode = code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)]
  } else process.exitCode = 128 + interrupted
} finally {
  await engine.stop()
}
