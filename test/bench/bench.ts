import type { BrowserType, Electron } from '@playwright/test'
import { createCleanup, type Cleanup } from '../engine/context'
import { describeLoad, failureLine, jsonLine, table, type Row, type RowFailure } from './report'
import { measureBuildLog } from './rows/build-log'
import { measureBulk } from './rows/bulk'
import { measureEcho } from './rows/echo'
import { measureImages } from './rows/images'
import { measureLayers } from './rows/layers'
import { measureLogs } from './rows/logs'
import { measureMemory } from './rows/memory'
import { measureStart } from './rows/start'
import { measureStats } from './rows/stats'
import { measureStorm } from './rows/storm'
import { measureSweep } from './rows/sweep'
import { measureTerminals } from './rows/terminals'
import { measureUpload } from './rows/upload'
import { measureVolumeCopies } from './rows/volumes'

/** What the bench cannot make itself. */
export interface BenchTools {
  readonly electron: Electron
  readonly chromium: BrowserType
  /** The repository's root, where the built app is. */
  readonly rootFolder: string
}

/** What a row of the bench gets. */
export interface BenchContext extends BenchTools {
  /** Cut sizes and rounds: to see that the bench works, not to compare. */
  readonly isQuick: boolean
  /** Undone after each row, and when the bench is interrupted. */
  readonly cleanup: Cleanup
  /** One line for whoever waits. */
  readonly say: (line: string) => void
}

/** Far more than a row takes on a slow machine, in ms. */
const ROW_DEADLINE_MS = 15 * 60_000

/** By the names that the command line takes, in their order. A row may measure several things. */
const ROWS: Readonly<Record<string, (context: BenchContext) => Promise<readonly Row[]>>> = {
  start: measureStart,
  memory: measureMemory,
  echo: measureEcho,
  bulk: measureBulk,
  terminals: measureTerminals,
  upload: measureUpload,
  volumes: measureVolumeCopies,
  images: measureImages,
  layers: measureLayers,
  'build-log': measureBuildLog,
  logs: measureLogs,
  sweep: measureSweep,
  storm: measureStorm,
  stats: measureStats
}

/**
 * Measures the rows asked for (all where none is), prints a JSON line for each figure and a table of all. Answers the exit code: 1
 * when a row could not be measured. That an aim is missed is said and is no failure: a machine's noise must fail nobody.
 * @public main.mjs loads it from the bundle
 */
export async function runBench(tools: BenchTools, args: readonly string[]): Promise<number> {
  const isQuick = args.includes('--quick') || process.env['PORTOLAN_BENCH_QUICK'] === '1'
  const asked = args.filter((arg) => arg !== '--quick')
  const unknown = asked.find((name) => !(name in ROWS))
  if (unknown !== undefined) {
    say(`There is no row ${unknown}. There are: ${Object.keys(ROWS).join(', ')}; and --quick.`)
    return 2
  }
  const cleanup = createCleanup()
  endOnSignal(cleanup)
  if (isQuick) say('--quick: cut sizes and few rounds; the figures are not to be compared')
  const rows: Row[] = []
  const failures: RowFailure[] = []
  for (const [name, measure] of Object.entries(ROWS)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    say(`${name} … (${describeLoad()})`)
    try {
      const measured = await inTime(measure({ ...tools, isQuick, cleanup, say }))
      for (const row of measured) process.stdout.write(`${jsonLine(row, isQuick)}\n`)
      rows.push(...measured)
    } catch (thrown) {
      const failure = { name, reason: thrown instanceof Error ? thrown.message : String(thrown) }
      process.stdout.write(`${failureLine(failure)}\n`)
      failures.push(failure)
    } finally {
      await cleanup.run()
    }
  }
  process.stdout.write(table(rows, failures, isQuick))
  return failures.length > 0 ? 1 : 0
}

/** What hangs is a failure as well. The clean-up ends what it waits for. */
async function inTime<T>(measuring: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not done in time')), ROW_DEADLINE_MS)
  })
  try {
    return await Promise.race([measuring, late])
  } finally {
    clearTimeout(timer)
    measuring.catch(() => undefined)
  }
}

function say(line: string): void {
  process.stderr.write(`bench: ${line}\n`)
}

/** Ctrl+C leaves nothing behind. */
function endOnSignal(cleanup: Cleanup): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      say('interrupted')
      const exit = (): void => process.exit(130)
      cleanup.run().then(exit, exit)
    })
  }
}
