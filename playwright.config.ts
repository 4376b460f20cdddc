import { defineConfig } from '@playwright/test'

/**
 * The real window on the real engine; run by `npm test -- e2e`, which says where Electron, the display and the engine are. Traces
 * and screenshots of what failed are test/e2e/app.ts's work: Playwright's own settings know browsers only.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // One engine, one display, one keyboard.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  // A machine that is busy with something else may be late once; what fails twice is wrong. The report names what was flaky.
  retries: 1
})
