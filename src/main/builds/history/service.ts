import type { HandlerContext } from '../../bridge/context'
import { BuildHistory } from './build-history'

const histories = new Map<string, BuildHistory>()

/** The one history of the app's data folder: it is read once, and its writes follow each other. */
export function historyOf(context: HandlerContext): BuildHistory {
  const history = histories.get(context.dataFolder) ?? new BuildHistory(context)
  histories.set(context.dataFolder, history)
  return history
}

/** Shows what was built before from the start on. */
export function buildHistoryService(context: HandlerContext): { stop: () => Promise<void> } {
  historyOf(context)
  return { stop: async () => undefined }
}
