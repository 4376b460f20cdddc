import { join } from 'node:path'
import { app, dialog, type BrowserWindow, type WebContents } from 'electron'
import { PortolanError } from '../../shared/bridge/errors'
import { contracts } from '../../shared/contracts'
import { languageFor } from '../../shared/app/language'
import { readAddress } from '../../shared/engines/address'
import { Bridge } from '../bridge/bridge'
import type { HandlerContext } from '../bridge/context'
import { GrantedPaths } from '../bridge/granted-paths'
import { History } from '../bridge/history'
import { TrustedSenders } from '../bridge/sender'
import { StateStore } from '../bridge/state-store'
import { TaskRegistry } from '../bridge/tasks'
import type { Engine } from '../engine/engine'
import { EngineEvents } from '../engine/engine-events'
import { PrivateEngine, type PrivateEngineNetwork } from '../engines/private-engine'
import { EndpointRegistry } from '../engines/registry'
import { allHandlers } from '../features'
import { connectWork, services } from '../services'
import type { Arguments } from './arguments'
import { desktopOf } from './desktop'
import type { Intents } from './intents'
import { APP_ORIGIN } from './origin'
import { report } from './report'
import { settingsFile } from './settings'
import { applyTheme } from './window'

/** Longest wait at quit for shells to end. */
const CLOSE_MS = 5000
const DEFAULT_ADDRESS = 'unix:///var/run/docker.sock'

/** What the app is besides its window: the engines, what is known of them, and the bridge that answers the page. */
export interface Core {
  readonly state: StateStore
  /** Ends what the app runs: shells, tasks, connections, and the private engine unless it is to be kept. */
  readonly stop: () => Promise<void>
}

interface CoreOptions {
  readonly args: Arguments
  readonly intents: Intents
  readonly settingsPath: string
  readonly window: BrowserWindow
  readonly onPainted: (what: 'list' | 'fault') => void
}

/** Connects to the engine, and answers the window's page from now on. */
export function createCore(options: CoreOptions): Core {
  const { args, intents, settingsPath, window, onPainted } = options
  const engines = createEngines(args, (engine) => doConnectWork(engine, context))
  const { state, registry, tasks, events } = engines
  const file = settingsFile(settingsPath)
  let settings = file.read()
  const granted = new GrantedPaths()
  const context: HandlerContext = {
    engine: (endpointId) => registry.engine(endpointId),
    state,
    tasks,
    history: new History(state),
    events,
    desktop: desktopOf(window, granted),
    granted,
    settings: () => settings,
    language: () => languageFor(settings.language, app.getLocale()),
    ask: (intent) => intents.add(intent),
    dataFolder: app.getPath('userData'),
    resourcesFolder: join(app.getAppPath(), 'resources'),
    report
  }
  const senders = new TrustedSenders(APP_ORIGIN)
  const bridge = new Bridge({
    contracts,
    senders,
    handlers: allHandlers(
      {
        intents,
        settings: () => settings,
        saveSettings: async (changed) => {
          settings = changed
          applyTheme(changed.theme)
          await file.write(changed)
        },
        onPainted
      },
      registry,
      engines.startPrivate
    ),
    context
  })
  const started = services.map((start) => start(context))
  engines.start()
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
  return {
    state,
    stop: async () => {
      // The window's shells are being ended in their containers: that must not be cut off, nor wait for ever for a paused one.
      release()
      await within(CLOSE_MS, bridge.idle())
      await within(CLOSE_MS, Promise.all(started.map(({ stop }) => stop())))
      if (bridge.openStreamCount > 0) report('app.quit', new Error('streams were left open'))
      await engines.stop()
    }
  }
}

async function doConnectWork(engine: Engine, context: HandlerContext): Promise<void> {
  for (const work of connectWork) {
    await work(engine, context).catch((thrown: unknown) => context.report('app.connected', thrown))
  }
}

function createEngines(args: Arguments, onConnected: (engine: Engine) => Promise<void>) {
  const state = new StateStore()
  const events = new EngineEvents()
  const registry = new EndpointRegistry(state, events, onConnected)
  const privateEngine = new PrivateEngine(join(app.getPath('userData'), 'engine'))
  const tasks = new TaskRegistry(state)
  const startPrivate = async (network: PrivateEngineNetwork): Promise<string> => {
    await privateEngine.start(network)
    return registry.add(
      { kind: 'unix', socketPath: privateEngine.socketPath },
      { name: 'Private engine', isPrivate: true }
    )
  }
  return {
    state,
    registry,
    tasks,
    events,
    startPrivate,
    start: (): void => {
      if (!args.privateEngine) {
        // An empty DOCKER_HOST is none, as for docker itself.
        registry.add(readAddress(args.host || process.env['DOCKER_HOST'] || DEFAULT_ADDRESS))
        return
      }
      startPrivate(args.privateEngine).catch((error: unknown) => {
        // Quitting in the middle of its start is no fault.
        if (error instanceof PortolanError && error.code === 'cancelled') return
        process.stderr.write(
          `portolan: ${error instanceof Error ? error.message : String(error)}\n`
        )
        registry.add({ kind: 'unix', socketPath: privateEngine.socketPath }, { isPrivate: true })
      })
    },
    stop: async (): Promise<void> => {
      // An engine that is stuck must not keep the app from quitting.
      await within(CLOSE_MS, tasks.stopAll())
      registry.closeAll()
      if (!args.keepPrivateEngine) await privateEngine.stop()
    }
  }
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

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}
