import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './children.mjs'
import { electronEnvironment } from './electron-dist.mjs'
import { inNodeModules, rootFolder } from './paths.mjs'
import { SetupError, say } from './say.mjs'

const outFolder = join(rootFolder, 'out')
const stampFile = join(outFolder, '.stamp')

/** What the built app is made from. */
const sources = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json'
]

/**
 * Builds the app into out/ when its sources changed since the last build.
 * @param {import('./electron-dist.mjs').Electron} electron
 * @throws {SetupError} when the build fails
 */
export async function ensureBuild(electron) {
  // Taken before the build: a file that is saved while it runs asks for another one.
  const stamp = stampOf(await listFiles(rootFolder, sources))
  const before = await readFile(stampFile, 'utf8').catch(() => '')
  if (before === stamp && existsSync(join(outFolder, 'main', 'index.js'))) return
  say('building the app (electron-vite build)')
  const { code } = await run(
    process.execPath,
    [inNodeModules('electron-vite', 'bin', 'electron-vite.js'), 'build'],
    {
      cwd: rootFolder,
      show: true,
      env: {
        ...process.env,
        ...electronEnvironment(electron),
        // For the oldest Electron that we run on, whichever is here now: the build is kept.
        ELECTRON_MAJOR_VER: await floorMajor()
      }
    }
  )
  if (code !== 0) throw new SetupError(`the build failed (exit code ${code}); the reason is above.`)
  await mkdir(outFolder, { recursive: true })
  await writeFile(stampFile, stamp)
}

/**
 * @typedef {object} SourceFile
 * @property {string} path
 * @property {number} sizeBytes
 * @property {number} modifiedAtMs
 */

/**
 * A list of files as one line, which changes when a file is added, removed, renamed or written.
 * Tests are no part of the app.
 * @param {readonly SourceFile[]} files in any order
 */
export function stampOf(files) {
  const lines = files
    .filter(({ path }) => !/\.test\.tsx?$/.test(path))
    .map(({ path, sizeBytes, modifiedAtMs }) => `${path} ${sizeBytes} ${modifiedAtMs}`)
    .sort()
  return `${createHash('sha256').update(lines.join('\n')).digest('hex')}\n`
}

/**
 * @param {string} root
 * @param {readonly string[]} paths files and folders below root; missing ones are left out
 * @returns {Promise<SourceFile[]>}
 */
export async function listFiles(root, paths) {
  const lists = await Promise.all(
    paths.map(async (path) => {
      const about = await stat(join(root, path)).catch(() => undefined)
      if (about === undefined) return []
      if (!about.isDirectory()) {
        return [{ path, sizeBytes: about.size, modifiedAtMs: about.mtimeMs }]
      }
      const names = await readdir(join(root, path))
      return listFiles(
        root,
        names.map((name) => `${path}/${name}`)
      )
    })
  )
  return lists.flat()
}

async function floorMajor() {
  const manifest = await readFile(inNodeModules('electron-floor', 'package.json'), 'utf8')
  return String(JSON.parse(manifest).version).split('.')[0]
}
