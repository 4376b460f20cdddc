import { defineConfig } from 'vitest/config'
import { threads } from './scripts/threads.mjs'

/**
 * Three kinds of tests. `unit` needs nothing but Node; the other two need the test engine, so run them by `npm test` or by
 * `node test/engine/run.mjs -- npx vitest run --project integration`.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.mjs',
            'test/engine/**/*.test.{ts,mjs}'
          ]
        }
      },
      {
        plugins: [threads()],
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          // One engine for all: a test that takes it away must not take it from another.
          fileParallelism: false,
          // As in playwright.config.ts: once late is forgiven on a busy machine.
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000
        }
      },
      {
        plugins: [threads()],
        test: {
          name: 'conformance',
          environment: 'node',
          include: ['test/conformance/**/*.test.ts'],
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 60_000
        }
      }
    ]
  }
})
