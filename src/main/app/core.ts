import { join } from 'node:path'
import { app, dialog, type BrowserWindow, type WebContents } from 'electron'
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
import type { Arguments } from './arguments'
import type { Intents } from './intents'
import { APP_ORIGIN } from './origin'
import { report } from './report'
import { loadSettings, saveSettings } from './settings'
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
  readonly settingsFile: string
  readonly window: BrowserWindow
  readonly onPainted: (what: 'list' | 'fault') => void
}

/** Connects to the engine, and answers the window's page from now on. */
export function createCore(options: CoreOptions): Core {
  const { args, intents, settingsFile, window, onPainted } = options
  const engines = createEngines(args)
  const { state, registry, tasks } = engines
  const senders = new TrustedSenders(APP_ORIGIN)
  let settings = loadSettings(settingsFile)
  const bridge = new Bridge({
    contracts,
    senders,
    handlers: allHandlers(
      {
        window: () => window,
        intents,
        settings: () => settings,
        saveSettings: async (changed) => {
          settings = changed
          applyTheme(changed.theme)
          await saveSettings(settingsFile, changed)
        },
        onPainted
      },
      registry,
      engines.startPrivate
    ),
    context: {
      engine: (endpointId) => registry.engine(endpointId),
      state,
      tasks,
      history: new History(state),
      resourcesFolder: join(app.getAppPath(), 'resources'),
      report
    }
  })
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
      if (bridge.openStreamCount > 0) report('app.quit', new Error('streams were left open'))
      await engines.stop()
    }
  }
}

function createEngines(args: Arguments) {
  const state = new StateStore()
  const registry = new EndpointRegistry(state, async (engine) => {
    await sweepHelpers(engine)
  })
  const privateEngine = new PrivateEngine(join(app.getPath('userData'), 'engine'))
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
    state,
    registry,
    tasks,
    startPrivate,
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

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}
