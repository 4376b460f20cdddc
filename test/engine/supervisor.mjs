/**
 * The process that owns one test engine: namespace, dockerd, registries, folder. Not run by hand: own-engine.mjs starts it.
 *
 * It lives as long as its stdin is open, so that it ends and sweeps the engine however the one who started it ends: finished,
 * failed, Ctrl+C or SIGKILL. It writes one line of JSON, `{ ready }` or `{ failed }`, and serves `POST /kill`, `/start`,
 * `/restart` and `GET /state` on a control socket, so that a test in any other process can take the engine away and bring it back.
 */
import http from 'node:http'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Daemon } from './daemon.mjs'
import { cgroupOf, makeEngineFolder, removeEngineFolder, removeStaleFolders } from './folder.mjs'
import { openNamespace } from './namespace.mjs'
import { startRegistries } from './registries.mjs'

const wantsRegistries = process.argv.includes('--registries')

// Own session, but a closed terminal or a group-wide kill may still reach it: only the end of stdin ends it.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => undefined)
process.stdout.on('error', () => undefined) // nobody reads any more: stdin has ended too

/** @type {(() => Promise<void> | void)[]} what to undo, the newest last */
const undo = []
/** @type {Promise<void> | undefined} */
let sweeping

process.stdin.resume()
process.stdin.on('close', () => void leave(0))

try {
  removeStaleFolders()
  const ready = await start()
  process.stdout.write(JSON.stringify({ ready }) + '\n')
} catch (cause) {
  const failed = cause instanceof Error ? cause.message : String(cause)
  process.stdout.write(JSON.stringify({ failed }) + '\n')
  await leave(1)
}

async function start() {
  const folder = makeEngineFolder()
  undo.push(() => removeEngineFolder(folder))
  writeFileSync(join(folder, 'daemon.json'), '{}')
  const namespace = await openNamespace()
  undo.push(() => namespace.end())
  const daemon = new Daemon(namespace, folder, cgroupOf(folder))
  const [registries] = await Promise.all([
    wantsRegistries ? startRegistries(namespace, folder) : null,
    daemon.start()
  ])
  const controlSocket = join(folder, 'control.sock')
  await serveControl(daemon, controlSocket)
  const dockerHost = `unix://${daemon.socketPath}`
  return { dockerHost, dir: folder, pid: namespace.pid, controlSocket, registries }
}

/** @param {number} exitCode */
async function leave(exitCode) {
  sweeping ??= sweep()
  await sweeping
  process.exit(exitCode)
}

async function sweep() {
  for (const step of undo.reverse()) await step()
}

/**
 * @param {Daemon} daemon
 * @param {string} socketPath
 */
function serveControl(daemon, socketPath) {
  /** @type {Record<string, () => Promise<void>>} */
  const commands = {
    'GET /state': async () => undefined,
    'POST /kill': () => daemon.end('KILL'),
    'POST /start': () => daemon.start(),
    'POST /restart': async () => {
      await daemon.end('TERM')
      await daemon.start()
    }
  }
  /** One after the other, in the order in which they came. @type {Promise<unknown>} */
  let last = Promise.resolve()
  const server = http.createServer((incoming, outgoing) => {
    const command = commands[`${incoming.method} ${incoming.url}`]
    const answer = (/** @type {number} */ status, /** @type {object} */ body) =>
      outgoing.writeHead(status).end(JSON.stringify(body))
    if (command === undefined) return answer(404, { error: 'no such command' })
    last = last.then(command).then(
      () => answer(200, { running: daemon.running }),
      (/** @type {Error} */ cause) => answer(500, { error: cause.message })
    )
    return undefined
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, () => resolve(undefined))
  })
}
