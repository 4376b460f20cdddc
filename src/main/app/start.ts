import { join } from 'node:path'
import { app, session, type BrowserWindow } from 'electron'
import { parseArguments } from './arguments'
import type { Core } from './core'
import { Intents } from './intents'
import { setMenu } from './menu'
import { registerAppScheme, serveApp } from './protocol'
import { report } from './report'
import { applyContentsRules, applySessionRules } from './session-rules'
import { smoke, type Painted } from './smoke'
import { loadTheme } from './theme'
import { applyTheme, createWindow } from './window'

/**
 * Opens the window, then puts the app together while Chromium starts the page's process: to run the core's code takes as long as
 * that does, and no script of the page is served before it is there.
 */
export async function startApp(): Promise<void> {
  const startedAtMs = app.isReady() ? Date.now() : (process.getCreationTime() ?? Date.now())
  const args = parseArguments(process.argv.slice(1), workingFolder())
  if (!app.requestSingleInstanceLock({ workingFolder: workingFolder() })) {
    // The instance that runs already gets our arguments, and shows its window.
    process.stderr.write('portolan: already running; the window that is open takes over\n')
    app.exit(args.smoke ? 1 : 0)
    return
  }
  registerAppScheme()
  setMenu()
  const intents = new Intents()
  if (args.intent) intents.add(args.intent)
  const settingsPath = join(app.getPath('userData'), 'settings.json')
  await app.whenReady()
  const outFolder = join(import.meta.dirname, '..')
  let core: Promise<Core> | undefined
  serveApp(join(outFolder, 'renderer'), async () => core)
  applySessionRules(session.defaultSession)
  applyContentsRules()
  const window = createWindow(outFolder, applyTheme(loadTheme(settingsPath)))
  const shown = new Promise<number>((resolve) => window.once('show', () => resolve(Date.now())))
  let tellPainted: (painted: Painted) => void = () => undefined
  const painted = new Promise<Painted>((resolve) => (tellPainted = resolve))
  core = import('./core').then(({ createCore }) =>
    createCore({
      args,
      intents,
      settingsPath,
      window,
      onPainted: (what) => tellPainted({ what, atMs: Date.now() })
    })
  )
  followLife(intents, core, window)
  const { state, stop } = await core
  if (!args.smoke) return
  const code = await smoke({ window, state, startedAtMs, windowShown: shown, painted }).catch(
    (error: unknown) => {
      report('app.smoke', error)
      return 1
    }
  )
  await stop()
  app.exit(code)
}

/** A second start speaks to this window; the last window's end is the app's; the engine of our own is stopped before we go. */
function followLife(intents: Intents, core: Promise<Core>, window: BrowserWindow): void {
  app.on('second-instance', (_event, argv, folder, told) => {
    // npm starts us in the package's folder: the other instance tells where the person was.
    const { workingFolder: where = folder } = (told ?? {}) as { workingFolder?: string }
    const { intent } = parseArguments(argv.slice(1), where)
    if (intent) intents.add(intent)
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
  let stopping = false
  app.on('will-quit', (event) => {
    if (stopping) return
    stopping = true
    event.preventDefault()
    // Not quit(): once it was prevented, this Electron ends its scripts and then waits for ever.
    void core.then(({ stop }) => stop()).finally(() => app.exit())
  })
}

/** Where the person typed the command: npm keeps it in INIT_CWD. */
function workingFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd()
}
