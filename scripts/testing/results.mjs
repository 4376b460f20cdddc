import { stripVTControlCharacters } from 'node:util'

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 *
 * @typedef {object} Failure
 * @property {string} test its file and its title
 * @property {string} reason the first line of its error
 *
 * @typedef {Counts & { suite: string, seconds: number, notes: string[], failures?: Failure[] }} SuiteResult
 *   notes: what a number does not tell
 */

/** @type {Readonly<Counts>} */
export const none = { passed: 0, failed: 0, skipped: 0 }

/**
 * @param {readonly Counts[]} list
 * @returns {Counts}
 */
export function sum(list) {
  return list.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped
    }),
    none
  )
}

/**
 * The counts in a report of vitest's json reporter. A file that fails to load has no tests in it, and
 * is one failure.
 * @param {unknown} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  const { testResults = [] } = /** @type {VitestReport} */ (report)
  return sum(
    testResults.map(({ status, assertionResults }) => {
      const count = (/** @type {string[]} */ ...states) =>
        assertionResults.filter((result) => states.includes(result.status)).length
      const counts = {
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped', 'pending', 'todo', 'disabled')
      }
      return status === 'failed' && counts.failed === 0 ? { ...counts, failed: 1 } : counts
    })
  )
}

/**
 * The tests that failed, in a report of vitest's json reporter.
 * @param {unknown} report
 * @returns {Failure[]}
 */
export function vitestFailures(report) {
  const { testResults = [] } = /** @type {VitestReport} */ (report)
  return testResults.flatMap(({ status, name = '', message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (failed.length === 0 && status === 'failed')
      return [{ test: name, reason: firstLine(message) }]
    return failed.map(({ fullName = '', failureMessages = [] }) => {
      return { test: `${name} › ${fullName}`, reason: firstLine(failureMessages[0]) }
    })
  })
}

/**
 * The tests that failed, in a report of Playwright's json reporter.
 * @param {unknown} report
 * @returns {Failure[]}
 */
export function playwrightFailures(report) {
  const { suites = [], errors = [] } = /** @type {PlaywrightReport} */ (report)
  const outside = errors.map((error) => ({
    test: 'outside of any test',
    reason: firstLine(error.message)
  }))
  return [...suites.flatMap(failedSpecs), ...outside]
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {Failure[]}
 */
function failedSpecs({ specs = [], suites = [] }) {
  const failed = specs.filter(({ ok }) => !ok)
  return [
    ...failed.map(({ file, line, title, tests }) => ({
      test: `${file}:${line} › ${title}`,
      reason: firstLine(tests.at(0)?.results.findLast(({ error }) => error)?.error?.message)
    })),
    ...suites.flatMap(failedSpecs)
  ]
}

/** @param {string | undefined} text */
function firstLine(text = '') {
  return stripVTControlCharacters(text).trim().split('\n', 1)[0] ?? ''
}

/**
 * @param {readonly SuiteResult[]} results
 * @returns {string} a line or two for each test that failed, each with a newline
 */
export function failuresOf(results) {
  return results
    .flatMap(({ suite, failures = [] }) =>
      failures.map(({ test, reason }) => `failed: ${suite}: ${test}\n  ${reason}\n`)
    )
    .join('')
}

/**
 * The counts in a report of Playwright's json reporter. A flaky test has passed at its second try: the
 * runner's own output names it. Each error outside of any test is a failure.
 * @param {unknown} report
 * @returns {Counts}
 */
export function playwrightCounts(report) {
  const { stats, errors = [] } = /** @type {PlaywrightReport} */ (report)
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped
  }
}

/**
 * @typedef {{ testResults?: { status: string, name?: string, message?: string, assertionResults: { status: string, fullName?: string, failureMessages?: string[] }[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: { message?: string }[], suites?: PlaywrightSuite[] }} PlaywrightReport
 * @typedef {{ suites?: PlaywrightSuite[], specs?: { ok: boolean, file: string, line: number, title: string, tests: { results: { error?: { message?: string } }[] }[] }[] }} PlaywrightSuite
 */

/**
 * Holds a suite's report against how its runner ended: no report, a bad exit without a failed test,
 * and a run of no test at all are failures too.
 * @param {Counts | undefined} counts undefined when there is no report
 * @param {number} exitCode
 * @returns {Counts & { notes: string[] }}
 */
export function judge(counts, exitCode) {
  if (counts === undefined) {
    return { ...none, failed: 1, notes: [`it wrote no report (exit code ${exitCode})`] }
  }
  if (counts.passed + counts.failed === 0) {
    return { ...counts, failed: 1, notes: ['it ran no test'] }
  }
  if (exitCode !== 0 && counts.failed === 0) {
    return {
      ...counts,
      failed: 1,
      notes: [`no test failed, but it ended with exit code ${exitCode}`]
    }
  }
  return { ...counts, notes: [] }
}

/**
 * @param {readonly SuiteResult[]} results
 * @returns {string} a table, without a last newline
 */
export function tableOf(results) {
  const rows = results.map((result) => [
    result.suite,
    ...[result.passed, result.failed, result.skipped].map(String),
    result.seconds.toFixed(1),
    result.notes.join('; ')
  ])
  const all = [['suite', 'passed', 'failed', 'skipped', 'seconds', ''], ...rows]
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0))
  )
  return all
    .map((row) => row.map((cell, column) => pad(cell, column, widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

/**
 * @param {string} cell
 * @param {number} column the first holds words, the others numbers
 * @param {number} width
 */
function pad(cell, column, width) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width)
}

/** @param {Counts} counts */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
