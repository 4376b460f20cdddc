import { spawn } from 'node:child_process'
import { SetupError } from './say.mjs'

const interrupter = new AbortController()

/** Aborted by the first Ctrl+C (or SIGTERM, SIGHUP); nothing is started from then on. */
export const interruption = interrupter.signal

/**
 * @typedef {object} Child
 * @property {import('node:child_process').ChildProcess} process
 * @property {number} killAfterMs how long it may take to end by itself when it is interrupted
 * @property {boolean} serves whether others live on it: then it is not interrupted, but ended by its
 *   owner when they are gone
 */

/** @type {Set<Child>} */
const live = new Set()

const posix = process.platform !== 'win32'

/**
 * Starts a program in a process group of its own. On a Ctrl+C the terminal would signal the whole
 * foreground group and npm would signal us once more; Electron takes a second signal as "die at
 * once" and would leave its private engine behind. In a group of its own it gets exactly one.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & Partial<Omit<Child, 'process'>>} [options]
 * @returns {import('node:child_process').ChildProcess}
 */
export function startChild(command, args, { killAfterMs = 5000, serves = false, ...options } = {}) {
  interruption.throwIfAborted()
  const child = {
    process: spawn(command, args, { ...options, detached: posix }),
    killAfterMs,
    serves
  }
  live.add(child)
  const forget = () => live.delete(child)
  child.process.once('exit', forget)
  child.process.once('error', forget)
  return child.process
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code; 128 + the signal's number is not told apart: 1 when a
 *   signal ended it. Rejects when it could not be started.
 */
export function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/**
 * @typedef {object} Run
 * @property {number} code
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, signal?: AbortSignal }} [options]
 *   show: its whole output streams to our stderr and is not collected; signal: kills it
 * @returns {Promise<Run>} also for a failing exit code; rejects when it could not be started
 */
export async function run(command, args, { show = false, signal, ...options } = {}) {
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = show ? ['ignore', process.stderr, process.stderr] : ['ignore', 'pipe', 'pipe']
  const child = startChild(command, args, { ...options, stdio })
  const kill = () => killGroup(child)
  signal?.addEventListener('abort', kill, { once: true })
  const out = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text) => (out.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text) => (out.stderr += text))
  try {
    return { code: await exitOf(child), ...out }
  } finally {
    signal?.removeEventListener('abort', kill)
    interruption.throwIfAborted()
  }
}

/**
 * Passes a signal on to everything that is running, and kills what does not end in its time.
 * @param {NodeJS.Signals} signal
 */
export function interruptChildren(signal) {
  interrupter.abort(new SetupError(`interrupted (${signal})`))
  for (const { process: child, killAfterMs, serves } of live) {
    if (serves) continue
    child.kill(signal)
    setTimeout(() => killGroup(child), killAfterMs).unref()
  }
}

/** Kills everything that is still running; the last resort, synchronous. */
export function killChildren() {
  for (const { process: child } of live) killGroup(child)
}

/**
 * Kills a child and all that it started and that is still in its group.
 * @param {import('node:child_process').ChildProcess} child
 */
export function killGroup(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (!posix) return void child.kill('SIGKILL')
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // the group ended between our look and our kill
  }
}
