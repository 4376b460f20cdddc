import { describe, expect, it } from 'vitest'
import {
  failuresOf,
  judge,
  lastLine,
  playwrightCounts,
  playwrightFailures,
  sum,
  tableOf,
  vitestCounts,
  vitestFailures
} from './results.mjs'

/** @param {...string} states */
const results = (...states) => states.map((status) => ({ status }))

describe('vitestCounts', () => {
  it('counts tests by their state', () => {
    const report = {
      testResults: [
        { status: 'passed', assertionResults: results('passed', 'passed', 'skipped') },
        { status: 'failed', assertionResults: results('passed', 'failed', 'todo') }
      ]
    }
    expect(vitestCounts(report)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })

  it('counts a file that does not load', () => {
    const report = { testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(vitestCounts(report)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a file whose tests pass and whose afterAll fails', () => {
    const report = { testResults: [{ status: 'failed', assertionResults: results('passed') }] }
    expect(vitestCounts(report)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })
})

describe('playwrightCounts', () => {
  it('counts a second try that passed, and an error outside of tests as a failure', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }
    expect(playwrightCounts({ stats })).toEqual({ passed: 7, failed: 1, skipped: 3 })
    expect(playwrightCounts({ stats, errors: [{}] }).failed).toBe(2)
  })
})

describe('what failed', () => {
  it('is told by file, title and the first line of the error', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'fine' },
      { status: 'failed', fullName: 'adds up', failureMessages: ['Error: not 4\n  at x.ts'] }
    ]
    const report = {
      testResults: [
        { status: 'failed', name: 'a.test.ts', message: '', assertionResults },
        { status: 'failed', name: 'b.test.ts', message: 'does not load', assertionResults: [] }
      ]
    }
    expect(vitestFailures(report)).toEqual([
      { test: 'a.test.ts › adds up', reason: 'Error: not 4' },
      { test: 'b.test.ts', reason: 'does not load' }
    ])
  })

  it('is found in every suite within a suite', () => {
    const error = { message: '\u001B[31mTimeout\u001B[39m\nat y.ts' }
    const spec = { file: 'c.test.ts', line: 3, title: 'opens' }
    const specs = [
      { ...spec, ok: false, tests: [{ results: [{ error }, {}] }] },
      { ...spec, ok: true, tests: [{ results: [{}] }] }
    ]
    const report = { suites: [{ suites: [{ specs }] }], errors: [{ message: 'no window' }] }
    const failures = playwrightFailures(report)
    expect(failures).toEqual([
      { test: 'c.test.ts:3 › opens', reason: 'Timeout' },
      { test: 'outside of any test', reason: 'no window' }
    ])
    const result = { passed: 1, failed: 1, skipped: 0, seconds: 1, notes: [] }
    expect(failuresOf([{ suite: 'window', ...result, failures }])).toBe(
      'failed: window: c.test.ts:3 › opens\n  Timeout\nfailed: window: outside of any test\n  no window\n'
    )
  })
})

describe('judge', () => {
  const good = { passed: 2, failed: 0, skipped: 1 }

  it('leaves a good run as it is', () => {
    expect(judge(good, 0)).toEqual({ ...good, notes: [] })
  })

  it('does not count a failure twice', () => {
    expect(judge({ ...good, failed: 1 }, 1)).toEqual({ ...good, failed: 1, notes: [] })
  })

  it.each([
    ['there is no report', undefined, 1, 'it wrote no report (exit code 1)'],
    ['no test ran', { passed: 0, failed: 0, skipped: 4 }, 0, 'it ran no test'],
    ['the runner failed', good, 2, 'no test failed, but it ended with exit code 2']
  ])('makes it a failure that %s', (_case, counts, code, note) => {
    expect(judge(counts, code)).toMatchObject({ failed: 1, notes: [note] })
  })
})

describe('the summary', () => {
  const list = [
    { suite: 'unit', passed: 120, failed: 0, skipped: 0, seconds: 3.21, notes: [] },
    { suite: 'end-to-end', passed: 9, failed: 1, skipped: 2, seconds: 60, notes: ['oh', 'no'] }
  ]

  it('is a table', () => {
    expect(tableOf(list)).toBe(
      [
        'suite       passed  failed  skipped  seconds',
        'unit           120       0        0      3.2',
        'end-to-end       9       1        2     60.0  oh; no'
      ].join('\n')
    )
  })

  it('ends with the sum', () => {
    expect(lastLine(sum(list))).toBe('129 passed, 1 failed, 2 skipped')
  })
})
