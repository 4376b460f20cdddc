import type { ElectronApplication, Page } from '@playwright/test'

/** What an app reported about itself while it ran. */
export interface FaultWatch {
  /** Errors that nobody caught, in main and in the pages, and internal errors. */
  readonly all: () => readonly string[]
  /** Everything that main wrote to stdout and stderr. */
  readonly output: () => string
  /** Throws when there are any. */
  readonly expectNone: () => void
}

/** Before each error that main did not catch, in its output. */
const UNCAUGHT = 'portolan-test: uncaught error in main: '

/** How a line of main's output begins that tells of a bug of ours. */
const FAULT_LINES = [UNCAUGHT, 'portolan: internal error', 'portolan: Error', '(node:']

/** Begins to collect an app's faults. Warnings of Node (`(node:123) ...`) are faults as well: each tells of a misuse. */
export async function watchForFaults(app: ElectronApplication): Promise<FaultWatch> {
  const pageFaults: string[] = []
  const output = collectOutput(app)
  const watchPage = (page: Page): void => {
    page.on('pageerror', (error) => pageFaults.push(`in the page: ${error.stack ?? error.message}`))
    page.on('crash', () => pageFaults.push('the page crashed'))
  }
  app.on('window', watchPage)
  app.windows().forEach(watchPage)
  // Without a listener Electron shows a dialog and goes on; nobody would see it here.
  await app.evaluate((_electron, uncaught) => {
    const report = (error: unknown): void => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.stderr.write(`${uncaught}${text}\n`)
    }
    process.on('uncaughtException', report)
    process.on('unhandledRejection', report)
  }, UNCAUGHT)
  const all = (): readonly string[] => [
    ...output.lines().filter((line) => FAULT_LINES.some((start) => line.startsWith(start))),
    ...pageFaults
  ]
  return {
    all,
    output: output.text,
    expectNone: () => {
      const faults = all()
      if (faults.length > 0) throw new Error(`The app reported faults:\n${faults.join('\n')}`)
    }
  }
}

function collectOutput(app: ElectronApplication): {
  readonly text: () => string
  readonly lines: () => string[]
} {
  const chunks: Buffer[] = []
  const { stdout, stderr } = app.process()
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  }
  const text = (): string => Buffer.concat(chunks).toString('utf8')
  return { text, lines: () => text().split('\n') }
}
