import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitOf, interruption, killGroup, startChild } from '../setup/children.mjs'
import { rootFolder } from '../setup/paths.mjs'
import { judge, none } from './results.mjs'

/** A tool that hangs must not hang the whole run. */
const limitMs = 30 * 60_000

/**
 * Runs the checks, each of which counts as one test.
 * @param {readonly import('./suites.mjs').Check[]} checks
 * @returns {Promise<import('./results.mjs').SuiteResult>}
 */
export async function runChecks(checks) {
  const startedAtMs = Date.now()
  const failures = []
  for (const { title, command } of checks) {
    heading(title)
    if ((await runShown(command, {})) !== 0) failures.push(title)
  }
  return {
    suite: 'checks',
    passed: checks.length - failures.length,
    failed: failures.length,
    skipped: 0,
    seconds: secondsSince(startedAtMs),
    notes: failures.map((title) => `${title} failed`)
  }
}

/**
 * Runs one suite.
 * @param {import('./suites.mjs').Suite} suite
 * @param {readonly string[]} extra arguments for its runner
 * @param {Record<string, string>} env
 * @returns {Promise<import('./results.mjs').SuiteResult>}
 */
export async function runSuite(suite, extra, env) {
  heading(suite.title)
  const startedAtMs = Date.now()
  const folder = await mkdtemp(join(tmpdir(), 'portolan-report-'))
  const reportFile = join(folder, 'report.json')
  try {
    const command = [...suite.command(reportFile), ...extra]
    const code = await runShown(command, { ...env, ...suite.env(reportFile) })
    const report = await readReport(reportFile)
    const counts = report === undefined ? undefined : suite.counts(report)
    return {
      suite: suite.title,
      ...judge(counts, code),
      seconds: secondsSince(startedAtMs),
      failures: report === undefined ? [] : suite.failures(report)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The result of a suite that could not even be started.
 * @param {import('./suites.mjs').Suite} suite
 * @param {string} reason
 * @returns {import('./results.mjs').SuiteResult}
 */
export function notRun(suite, reason) {
  return { suite: suite.title, ...none, failed: 1, seconds: 0, notes: [reason] }
}

/**
 * @param {readonly string[]} command what Node is to run
 * @param {Record<string, string>} env
 * @returns {Promise<number>} its exit code
 */
async function runShown(command, env) {
  const child = startChild(process.execPath, command, {
    cwd: rootFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    // Playwright closes its windows first.
    killAfterMs: 15_000
  })
  const limit = setTimeout(() => killGroup(child), limitMs)
  try {
    return await exitOf(child)
  } finally {
    clearTimeout(limit)
    interruption.throwIfAborted()
  }
}

/** @param {string} path */
async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {string} title */
function heading(title) {
  process.stdout.write(`\n== ${title}\n`)
}

/** @param {number} startedAtMs */
function secondsSince(startedAtMs) {
  return (Date.now() - startedAtMs) / 1000
}
