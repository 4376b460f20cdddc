// What `electron FOLDER` runs: it loads the app in FOLDER. Electron's own default_app does the same;
// the runtime from the npm registry comes without it.
//
// It must be an ES module that awaits the app at its top level: Electron holds back 'ready' until
// the entry module has settled, and the app must have run before that (privileged schemes).
import { app } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Electron has these two for its own default_app, and no word of them in its types.
 * @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} Undocumented
 */
const shell = /** @type {typeof app & Undocumented} */ (app)

const require = createRequire(import.meta.url)
// A preloaded module may rewrite process.argv (Playwright's loader does): read it first.
const { folder, preloads } = readArguments(process.argv.slice(1))
for (const preload of preloads) require(resolve(preload))

if (folder === undefined) {
  console.error('This Electron starts with an app folder as its argument: electron FOLDER')
  app.exit(2)
} else {
  await loadApp(resolve(folder)).catch((error) => {
    console.error(error)
    app.exit(1)
  })
}

/**
 * @param {readonly string[]} args
 * @returns {{ folder: string | undefined, preloads: string[] }}
 */
function readArguments(args) {
  /** @type {string[]} */
  const preloads = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (arg === '-r' || arg === '--require') preloads.push(args[++index] ?? '')
    else if (!arg.startsWith('-')) return { folder: arg, preloads }
  }
  return { folder: undefined, preloads }
}

/** @param {string} path the app's folder, or its main file */
async function loadApp(path) {
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })
  const manifest = join(path, 'package.json')
  if (existsSync(manifest)) nameApp(JSON.parse(readFileSync(manifest, 'utf8')), path)
  else shell.setAppPath(dirname(path))
  // require.resolve follows a package's "main"; import() of a folder does not
  await import(pathToFileURL(require.resolve(path)).href)
}

/**
 * @param {{ name?: string, productName?: string, version?: string, desktopName?: string }} manifest
 * @param {string} folder
 */
function nameApp(manifest, folder) {
  const name = manifest.productName ?? manifest.name
  if (name !== undefined) app.setName(name)
  if (manifest.version !== undefined) shell.setVersion(manifest.version)
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`)
  shell.setAppPath(folder)
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), app.getName()))
  }
}
