import { join } from 'node:path'
import { app, dialog, session, type BrowserWindow, type WebContents } from 'electron'
import type { Settings } from '../../shared/app/contract'
import { PortolanError } from '../../shared/bridge/errors'
import { contracts } from '../../shared/contracts'
import { readAddress } from '../../shared/engines/address'
import { Bridge } from '../bridge/bridge'
import { History } from '../bridge/history'
import { TrustedSenders } from '../bridge/sender'
import { StateStore } from '../bridge/state-store'
import { TaskRegistry } from '../bridge/tasks'
import { PrivateEngine, type PrivateEngineNetwork } from '../engines/private-engine'
import { EndpointRegistry } from '../engines/registry'
import { allHandlers } from '../features'
import { sweepHelpers } from '../reachability/helpers'
import { parseArguments, type Arguments } from './arguments'
import { Intents } from './intents'
import { setMenu } from './menu'
import { APP_ORIGIN } from './origin'
import { registerAppScheme, serveApp } from './protocol'
import { applyContentsRules, applySessionRules } from './session-rules'
import { loadSettings, saveSettings } from './settings'
import { smoke, type Painted } from './smoke'
import { applyTheme, createWindow } from './window'

/** Longest wait at quit for shells to end. */
const CLOSE_MS = 5000
const DEFAULT_ADDRESS = 'unix:///var/run/docker.sock'

/** Puts the app together and opens its window. The engine is connected to while Chromium is still starting. */
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
  const core = createCore(args)
  await app.whenReady()
  await openWindow(core, args, startedAtMs)
}

type Core = ReturnType<typeof createCore>

function createCore(args: Arguments) {
  const userFolder = app.getPath('userData')
  const settingsFile = join(userFolder, 'settings.json')
  const state = new StateStore()
  const registry = new EndpointRegistry(state, async (engine) => {
    await sweepHelpers(engine)
  })
  const privateEngine = new PrivateEngine(join(userFolder, 'engine'))
  const intents = new Intents()
  if (args.intent) intents.add(args.intent)
  const tasks = new TaskRegistry(state)
  const startPrivate = async (network: PrivateEngineNetwork): Promise<string> => {
    await privateEngine.start(network)
    return registry.add(
      { kind: 'unix', socketPath: privateEngine.socketPath },
      { name: 'Private engine', isPrivate: true }
    )
  }
  if (args.privateEngine) {
    startPrivate(args.privateEngine).catch((error: unknown) => {
      // Quitting in the middle of its start is no fault.
      if (error instanceof PortolanError && error.code === 'cancelled') return
      process.stderr.write(`portolan: ${error instanceof Error ? error.message : String(error)}\n`)
      registry.add({ kind: 'unix', socketPath: privateEngine.socketPath }, { isPrivate: true })
    })
  } else {
    // An empty DOCKER_HOST is none, as for docker itself.
    registry.add(readAddress(args.host || process.env['DOCKER_HOST'] || DEFAULT_ADDRESS))
  }
  return {
    settingsFile,
    settings: loadSettings(settingsFile),
    state,
    registry,
    intents,
    tasks,
    history: new History(state),
    startPrivate,
    /** Ends what the app runs: tasks, connections, and the private engine unless it is to be kept. */
    stop: async (): Promise<void> => {
      // An engine that is stuck must not keep the app from quitting.
      await within(CLOSE_MS, tasks.stopAll())
      registry.closeAll()
      if (!args.keepPrivateEngine) await privateEngine.stop()
    }
  }
}

async function openWindow(core: Core, args: Arguments, startedAtMs: number): Promise<void> {
  const outFolder = join(import.meta.dirname, '..')
  serveApp(join(outFolder, 'renderer'))
  applySessionRules(session.defaultSession)
  applyContentsRules()
  const senders = new TrustedSenders(APP_ORIGIN)
  let tellPainted: (painted: Painted) => void = () => undefined
  const painted = new Promise<Painted>((resolve) => (tellPainted = resolve))
  let window: BrowserWindow | undefined
  let settings: Settings = core.settings
  const bridge = new Bridge({
    contracts,
    senders,
    handlers: allHandlers(
      {
        window: () => window,
        intents: core.intents,
        settings: () => settings,
        saveSettings: async (changed) => {
          settings = changed
          applyTheme(changed.theme)
          await saveSettings(core.settingsFile, changed)
        },
        onPainted: (what) => tellPainted({ what, atMs: Date.now() })
      },
      core.registry,
      core.startPrivate
    ),
    context: {
      engine: (endpointId) => core.registry.engine(endpointId),
      state: core.state,
      tasks: core.tasks,
      history: core.history,
      resourcesFolder: join(app.getAppPath(), 'resources'),
      report
    }
  })
  window = createWindow(outFolder, applyTheme(settings.theme))
  const { webContents } = window
  senders.add(webContents)
  const release = (): void => bridge.releasePage(webContents)
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) release()
  })
  webContents.on('render-process-gone', (_event, { reason }) => {
    release()
    if (reason !== 'clean-exit') reviveOnce(webContents, reason)
  })
  webContents.on('destroyed', release)
  const shown = new Promise<number>((resolve) => window.once('show', () => resolve(Date.now())))
  const stop = async (): Promise<void> => {
    // The window's shells are being ended in their containers: that must not be cut off, nor wait for ever for a paused one.
    release()
    await within(CLOSE_MS, bridge.idle())
    if (bridge.openStreamCount > 0) report('app.quit', new Error('streams were left open'))
    await core.stop()
  }
  followLife(core.intents, stop, () => window)
  if (args.smoke) {
    const code = await smoke({
      window,
      state: core.state,
      startedAtMs,
      windowShown: shown,
      painted
    }).catch((error: unknown) => {
      report('app.smoke', error)
      return 1
    })
    await stop()
    app.exit(code)
  }
}

/** A second start speaks to this window; the last window's end is the app's; the engine of our own is stopped before we go. */
function followLife(
  intents: Intents,
  stop: () => Promise<void>,
  window: () => BrowserWindow | undefined
): void {
  app.on('second-instance', (_event, argv, folder, told) => {
    // npm starts us in the package's folder: the other instance tells where the person was.
    const { workingFolder: where = folder } = (told ?? {}) as { workingFolder?: string }
    const { intent } = parseArguments(argv.slice(1), where)
    if (intent) intents.add(intent)
    const existing = window()
    if (existing?.isMinimized()) existing.restore()
    existing?.focus()
  })
  app.on('window-all-closed', () => app.quit())
  let stopping = false
  app.on('will-quit', (event) => {
    if (stopping) return
    stopping = true
    event.preventDefault()
    // Not quit(): once it was prevented, this Electron ends its scripts and then waits for ever.
    void stop().finally(() => app.exit())
  })
}

/** Where the person typed the command: npm keeps it in INIT_CWD. */
function workingFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd()
}

/** A page that crashed again within this time is not loaded a third time. */
const REVIVE_MS = 60_000
let revivedAtMs = 0

/** Loads a page anew whose process died; what runs in main goes on, and the page finds it again. */
function reviveOnce(contents: WebContents, reason: string): void {
  process.stderr.write(`portolan: the window's page ended: ${reason}\n`)
  const again = Date.now() - revivedAtMs < REVIVE_MS
  revivedAtMs = Date.now()
  if (again) dialog.showErrorBox('Portolan', `The window cannot be shown (${reason}).`)
  else contents.reload()
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}

/** Logs a fault that nobody waits for; one that is no {@link PortolanError} is our own bug, and the tests fail by it. */
function report(operation: string, error: unknown): void {
  const words =
    error instanceof PortolanError
      ? `${operation}: ${error.message}`
      : `internal error in ${operation}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  process.stderr.write(`portolan: ${words}\n`)
}
