import { buildHistoryService } from './builds/history/service'
import type { HandlerContext } from './bridge/context'
import { tellDeaths } from './containers/death-service'
import type { Engine } from './engine/engine'
import { execService } from './exec/service'
import { sweepDragged } from './files/drag-out'
import { sweepLogs } from './logs/handlers'
import { sweepHelpers } from './reachability/helpers'
import { repairOnConnect } from './recreate/handlers'
import { statsService } from './stats/service'
import { rememberUses } from './volumes/last-uses'

/** What a feature does by itself as long as the app runs. `stop` ends it, at the engines too. */
export interface Service {
  readonly stop: () => Promise<void>
}

/** Starts a feature's service; called once, before the first engine is connected. */
type StartService = (context: HandlerContext) => Service

/** What a feature does each time that an engine was connected and listed: to repair or to sweep what a crash left. */
type ConnectWork = (engine: Engine, context: HandlerContext) => Promise<unknown>

/** Every feature's service. This file lists, and does nothing else. */
export const services: readonly StartService[] = [
  buildHistoryService,
  execService,
  statsService,
  sweepDragged,
  sweepLogs,
  tellDeaths,
  rememberUses
]

export const connectWork: readonly ConnectWork[] = [
  (engine) => sweepHelpers(engine),
  repairOnConnect
]
