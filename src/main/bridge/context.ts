import type { Intent, Settings } from '../../shared/app/contract'
import type { Language } from '../../shared/app/language'
import type { Engine } from '../engine/engine'
import type { EngineEvents } from '../engine/engine-events'
import type { Desktop } from './desktop'
import type { GrantedPaths } from './granted-paths'
import type { History } from './history'
import type { StateStore } from './state-store'
import type { TaskRegistry } from './tasks'

/** What every handler may use: the engines that are connected, the state, the tasks, and the command echo. */
export interface HandlerContext {
  /** The connected engine of an endpoint. Errors: `engine-unreachable`. */
  readonly engine: (endpointId: string) => Engine
  readonly state: StateStore
  readonly tasks: TaskRegistry
  readonly history: History
  /** What the engines say as it happens, for what a row of the state does not tell: a start and a stop within one frame, an exact time. */
  readonly events: EngineEvents
  readonly desktop: Desktop
  /** The local paths that the person has handed over: dropped, picked, named at the start. */
  readonly granted: GrantedPaths
  /** What the person has set, as it is now. */
  readonly settings: () => Settings
  /** The language that the window speaks. */
  readonly language: () => Language
  /** Asks the window to show or begin something. */
  readonly ask: (intent: Intent) => void
  /** The folder of what the app keeps for itself over restarts; files of a feature bear its name. */
  readonly dataFolder: string
  /** The folder of what is shipped beside the code: the probe's binaries. */
  readonly resourcesFolder: string
  /** Logs a fault that nobody waits for. */
  readonly report: (operation: string, error: unknown) => void
}
