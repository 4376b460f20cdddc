import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  test as base,
  type Electron,
  type ElectronApplication,
  type Page,
  type TestInfo
} from '@playwright/test'
import { testEngine } from '../engine/context'
import { launchElectron, type LaunchOptions } from './launch'
import { watchForFaults, type FaultWatch } from './faults'

export { expect } from '@playwright/test'
export { dropPaths, hoverPaths } from './drop'
export type { LaunchOptions }

/** A running Portolan with its first window. */
export interface LaunchedApp {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userDataDir: string
  /** Quits it as a person does, and fails on any fault that it reported. The end of the test does it too. */
  readonly close: () => Promise<void>
}

/** A {@link LaunchedApp} and what its end needs. */
interface Running extends LaunchedApp {
  readonly faults: FaultWatch
  isClosed(): boolean
}

/** What the tests of the window get beside Playwright's own. */
export interface AppFixtures {
  /**
   * Starts the built app on the test engine, in a user-data folder of its own; several at once are possible. A test that fails
   * leaves a trace and a screenshot of each; a fault in the app (an error nobody caught, in main or in the page; an internal
   * error) fails the test.
   */
  readonly launchApp: (options?: LaunchOptions) => Promise<LaunchedApp>
}

/** Playwright's `test` with {@link AppFixtures}. */
export const test = base.extend<AppFixtures>({
  launchApp: async ({ playwright }, use, testInfo) => {
    const running: Running[] = []
    const folders = new Set<string>()
    await use(async (options = {}) => {
      const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'portolan-e2e-')))
      folders.add(userDataDir)
      const launched = await launch(playwright._electron, options, userDataDir)
      running.push(launched)
      return launched
    })
    const failures: unknown[] = []
    for (const [index, each] of running.entries()) {
      try {
        await keepEvidence(each, index, testInfo)
        // What a test closed itself, it also heard of.
        if (!each.isClosed()) await each.close()
      } catch (failure) {
        failures.push(failure)
      }
    }
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'))
  }
})

async function launch(
  electron: Electron,
  options: LaunchOptions,
  userDataDir: string
): Promise<Running> {
  const app = await launchElectron(electron, options, userDataDir, testEngine().dockerHost)
  const faults = await watchForFaults(app)
  await app.context().tracing.start({ screenshots: true, snapshots: true })
  const page = await app.firstWindow()
  let closing: Promise<void> | undefined
  return {
    app,
    page,
    userDataDir,
    faults,
    isClosed: () => closing !== undefined,
    close: () => {
      closing ??= quit(app)
      return closing.then(() => faults.expectNone())
    }
  }
}

const QUIT_WITHIN_MS = 15_000

/** An app that does not quit is a failure, and must not hang the tests after it. */
async function quit(app: ElectronApplication): Promise<void> {
  const child = app.process()
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, QUIT_WITHIN_MS)
  await app.close().finally(() => clearTimeout(timer))
  if (isLate) throw new Error(`The app did not quit within ${QUIT_WITHIN_MS} ms.`)
}

/** Ends the trace; of a test that failed it is kept, with a screenshot and the app's output. */
async function keepEvidence(running: Running, index: number, testInfo: TestInfo): Promise<void> {
  const failed =
    testInfo.status !== testInfo.expectedStatus ||
    (!running.isClosed() && running.faults.all().length > 0)
  const attach = (name: string, path: string, contentType: string): Promise<void> =>
    testInfo.attach(name, { path, contentType })
  if (failed) {
    await testInfo.attach(`output-${index}`, {
      body: running.faults.output(),
      contentType: 'text/plain'
    })
  }
  if (running.isClosed()) return
  const { tracing } = running.app.context()
  if (!failed) return tracing.stop()
  const screenshot = testInfo.outputPath(`window-${index}.png`)
  await running.page.screenshot({ path: screenshot, timeout: 5_000 }).then(
    () => attach(`window-${index}`, screenshot, 'image/png'),
    () => undefined // the window is gone: the trace tells
  )
  const trace = testInfo.outputPath(`trace-${index}.zip`)
  await tracing.stop({ path: trace })
  await attach(`trace-${index}`, trace, 'application/zip')
}
