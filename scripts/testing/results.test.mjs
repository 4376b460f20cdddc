import { describe, expect, it } from 'vitest'
import { judge, lastLine, playwrightCounts, sum, tableOf, vitestCounts } from './results.mjs'

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
