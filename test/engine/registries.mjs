import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const HTTP_STATUS = fileURLToPath(new URL('http-status.mjs', import.meta.url))

/**
 * @typedef {{ open: { address: string }, locked: { address: string, user: string, password: string } }} Registries
 * two registries beside the engine, reachable from within its namespace only: one open to all, one with a log-in
 */

/**
 * Starts both registries (Debian's docker-registry) and answers when both answer. They end with the namespace.
 * @param {import('./namespace.mjs').Namespace} namespace
 * @param {string} folder
 * @returns {Promise<Registries>}
 */
export async function startRegistries(namespace, folder) {
  const locked = {
    address: '127.0.0.1:5001',
    user: 'harbour-master',
    password: randomBytes(12).toString('base64url')
  }
  const open = { address: '127.0.0.1:5000' }
  const htpasswd = await htpasswdLine(locked.user, locked.password)
  await Promise.all([
    startRegistry(namespace, join(folder, 'registry-open'), open.address, undefined),
    startRegistry(namespace, join(folder, 'registry-locked'), locked.address, htpasswd)
  ])
  return { open, locked }
}

/**
 * @param {import('./namespace.mjs').Namespace} namespace
 * @param {string} folder made here
 * @param {string} address
 * @param {string | undefined} htpasswd
 */
async function startRegistry(namespace, folder, address, htpasswd) {
  mkdirSync(folder)
  const configPath = join(folder, 'config.yml')
  const htpasswdPath = join(folder, 'htpasswd')
  if (htpasswd !== undefined) writeFileSync(htpasswdPath, htpasswd, { mode: 0o600 })
  // JSON is YAML.
  const config = {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: true } },
    http: { addr: address },
    ...(htpasswd === undefined
      ? {}
      : { auth: { htpasswd: { realm: 'portolan-test', path: htpasswdPath } } })
  }
  writeFileSync(configPath, JSON.stringify(config))
  const command = namespace.entering(['docker-registry', 'serve', configPath])
  const child = spawn('nsenter', command, { stdio: ['ignore', 'pipe', 'pipe'] })
  await listening(child)
  await answers(namespace, address, htpasswd === undefined ? '200' : '401')
}

/**
 * The registry logs "listening on" once its socket is bound: from then on a connection waits instead of being refused.
 * @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, import('node:stream').Readable>} child
 */
async function listening(child) {
  /** @type {string[]} */
  const log = []
  const ready = new Promise((resolve) => {
    for (const output of [child.stdout, child.stderr]) {
      createInterface(output).on('line', (line) => {
        if (line.includes('listening on')) resolve(undefined)
        if (log.length < 50) log.push(line)
      })
    }
  })
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`docker-registry ended with exit code ${code}:\n${log.join('\n')}`)
  })
  ended.catch(() => undefined) // after it listened, its end is the namespace's end
  await Promise.race([ready, ended])
}

/**
 * @param {import('./namespace.mjs').Namespace} namespace
 * @param {string} address
 * @param {'200' | '401'} status
 */
async function answers(namespace, address, status) {
  const command = namespace.entering([process.execPath, HTTP_STATUS, address])
  const { stdout } = await promisify(execFile)('nsenter', command)
  if (stdout !== status) {
    throw new Error(`The registry at ${address} answered with ${stdout}, not with ${status}.`)
  }
}

/** @param {string} user @param {string} password */
async function htpasswdLine(user, password) {
  const running = promisify(execFile)('htpasswd', ['-niB', '-C', '5', user])
  running.child.stdin?.end(password)
  return (await running).stdout.trim() + '\n'
}
