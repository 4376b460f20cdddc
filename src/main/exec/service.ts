import type { HandlerContext } from '../bridge/context'
import { sessionsOf } from './sessions'

/** Ends every session when the app does: nothing of a shell is left in a container. */
export function execService(context: HandlerContext): { readonly stop: () => Promise<void> } {
  return { stop: () => sessionsOf(context).stop() }
}
