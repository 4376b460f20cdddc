import { inNodeModules } from '../setup/paths.mjs'
import { SetupError } from '../setup/say.mjs'
import { playwrightCounts, playwrightFailures, vitestCounts, vitestFailures } from './results.mjs'

/**
 * @typedef {object} Suite
 * @property {string} title
 * @property {boolean} engine whether it needs the test engine
 * @property {boolean} window whether it needs Electron, a display and the built app
 * @property {(reportFile: string) => string[]} command what Node is to run
 * @property {(reportFile: string) => Record<string, string>} env
 * @property {(report: unknown) => import('./results.mjs').Counts} counts
 * @property {(report: unknown) => import('./results.mjs').Failure[]} failures
 *
 * @typedef {object} Check a tool that passes or fails as a whole
 * @property {string} title
 * @property {string[]} command what Node is to run
 */

/** The name under which `npm test -- checks` runs the checks. */
export const checksName = 'checks'

const floors = ['shared', 'main', 'preload', 'renderer', 'test', 'floor']

/** @type {readonly Check[]} */
export const checks = [
  { title: 'format', command: [inNodeModules('prettier/bin/prettier.cjs'), '--check', '.'] },
  {
    title: 'lint',
    command: [inNodeModules('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']
  },
  ...floors.map((floor) => ({
    title: `types (${floor})`,
    command: [inNodeModules('typescript/bin/tsc'), '-p', `tsconfig.${floor}.json`]
  })),
  { title: 'dead code', command: [inNodeModules('knip/bin/knip.js')] }
]

/** In the order in which they run. @type {Readonly<Record<string, Suite>>} */
export const suites = {
  unit: vitestSuite('unit', 'unit', false),
  integration: vitestSuite('integration', 'integration', true),
  conformance: vitestSuite('conformance', 'differential', true),
  e2e: {
    title: 'end-to-end',
    engine: true,
    window: true,
    command: () => [inNodeModules('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    env: (reportFile) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile }),
    counts: playwrightCounts,
    failures: playwrightFailures
  }
}

/**
 * @param {string} project
 * @param {string} title
 * @param {boolean} engine
 * @returns {Suite}
 */
function vitestSuite(project, title, engine) {
  const script = inNodeModules('vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json']
  return {
    title,
    engine,
    window: false,
    command: (reportFile) => [
      script,
      'run',
      `--project=${project}`,
      ...reporters,
      `--outputFile.json=${reportFile}`
    ],
    env: () => ({}),
    counts: vitestCounts,
    failures: vitestFailures
  }
}

/**
 * What `npm test -- NAME… -- ARG…` asks for.
 * @param {readonly string[]} args
 * @returns {{ names: string[], extra: string[] }} names in the order in which they run; extra: for
 *   the suites' runners
 * @throws {SetupError} when there is no such suite
 */
export function choiceOf(args) {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const asked = args.slice(0, end)
  const known = [checksName, ...Object.keys(suites)]
  const unknown = asked.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new SetupError(`There is no test suite ${unknown}. There are: ${known.join(', ')}.`)
  }
  const names = asked.length === 0 ? known : known.filter((name) => asked.includes(name))
  return { names, extra: args.slice(end + 1) }
}
