// npm run bench [-- ROW… --quick]: builds the bench, which is TypeScript and uses the app's own, and runs it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { _electron, chromium } from '@playwright/test'
import { build } from 'vite'
import { threads } from '../../scripts/threads.mjs'
import { rootFolder } from '../../scripts/setup/paths.mjs'

const tools = { electron: _electron, chromium, rootFolder }
const { runBench } = await loadBench()
process.exitCode = await runBench(tools, process.argv.slice(2))

/** @returns {Promise<typeof import('./bench')>} */
async function loadBench() {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-code-'))
  try {
    return await import(await bundle(folder))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Bundled as the app itself is: what a development server makes of imports would slow the app's code down.
 * @param {string} outDir
 * @returns {Promise<string>} the URL of the built module
 */
async function bundle(outDir) {
  await build({
    root: rootFolder,
    configFile: false,
    logLevel: 'error',
    plugins: [threads()],
    ssr: { noExternal: true },
    build: {
      ssr: 'test/bench/bench.ts',
      outDir,
      target: 'node20',
      rollupOptions: {
        external: ['cpu-features', /\.node$/],
        output: {
          entryFileNames: 'bench.mjs',
          // One file, which need not stay once it is loaded.
          codeSplitting: false,
          // Some of dockerode's own dependencies ask where they are.
          banner: 'const __dirname = import.meta.dirname'
        }
      }
    }
  })
  return pathToFileURL(join(outDir, 'bench.mjs')).href
}
