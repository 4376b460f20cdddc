import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, closeSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { request } from './http.mjs'

const READY_WITHIN_MS = 60_000
const LONGEST_PAUSE_MS = 200

/**
 * dockerd in a namespace, on one folder. Started again after a stop or a kill it is the same engine: same socket, same data.
 */
export class Daemon {
  /** @type {import('./namespace.mjs').Namespace} */ #namespace
  /** @type {string} */ #folder
  /** @type {string} */ #cgroup
  /** @type {Promise<unknown> | undefined} ends with the process; undefined while there is none */ #exit

  /**
   * @param {import('./namespace.mjs').Namespace} namespace
   * @param {string} folder
   * @param {string} cgroup where its containers' control groups go, so that they can be removed later
   */
  constructor(namespace, folder, cgroup) {
    this.#namespace = namespace
    this.#folder = folder
    this.#cgroup = cgroup
  }

  get socketPath() {
    return join(this.#folder, 'docker.sock')
  }

  get running() {
    return this.#exit !== undefined
  }

  /** Starts it and answers once it answers /_ping; when it dies instead, the error holds the end of its log. */
  async start() {
    if (this.running) return
    const logPath = join(this.#folder, 'dockerd.log')
    const log = openSync(logPath, 'a')
    const child = spawn('nsenter', this.#namespace.entering(this.#command()), {
      stdio: ['ignore', log, log],
      // No proxy of the host may stand between the engine and its registries.
      env: { PATH: process.env['PATH'] ?? '' }
    })
    closeSync(log)
    const exit = once(child, 'exit')
    this.#exit = exit.then(() => (this.#exit = undefined))
    this.#exit.catch(() => (this.#exit = undefined))
    await Promise.race([
      this.#answered(),
      exit.then(([code, signal]) => {
        const end = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-25).join('\n')
        throw new Error(
          `dockerd ended (${signal ?? `exit code ${code}`}) before it answered:\n${end}`
        )
      })
    ])
  }

  /**
   * Ends the process and answers when it has ended. SIGTERM stops the containers first, within their grace periods; SIGKILL
   * leaves them running without an engine, as a crash does.
   * @param {'TERM' | 'KILL'} signal
   */
  async end(signal) {
    const exit = this.#exit
    if (exit === undefined) return
    const pidFile = join(this.#folder, 'dockerd.pid')
    // The pid file speaks in the namespace's own numbers.
    const kill = ['sh', '-c', 'kill -s "$0" "$(cat "$1")"', signal, pidFile]
    await promisify(execFile)('nsenter', this.#namespace.entering(kill))
    await exit
  }

  /** @returns {string[]} */
  #command() {
    const path = (/** @type {string} */ name) => join(this.#folder, name)
    const options = {
      'config-file': path('daemon.json'), // not the developer's
      host: `unix://${this.socketPath}`,
      'data-root': path('data'),
      'exec-root': path('exec'),
      pidfile: path('dockerd.pid'),
      'exec-opt': 'native.cgroupdriver=cgroupfs',
      'cgroup-parent': this.#cgroup
    }
    return ['dockerd', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)]
  }

  async #answered() {
    const deadlineMs = Date.now() + READY_WITHIN_MS
    for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        const target = { socketPath: this.socketPath }
        const { status } = await request(target, { path: '/_ping', timeoutMs: READY_WITHIN_MS })
        if (status === 200) return
      } catch (cause) {
        if (Date.now() > deadlineMs || !this.running) {
          throw new Error(`The test engine gave no answer within ${READY_WITHIN_MS} ms.`, { cause })
        }
      }
      await delay(pauseMs)
    }
  }
}
