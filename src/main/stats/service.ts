import type { HandlerContext } from '../bridge/context'
import { StatsCollector } from './collector'

const collectors = new WeakMap<HandlerContext, StatsCollector>()

/** The app's collector: one for all windows. */
export function collectorOf(context: HandlerContext): StatsCollector {
  let collector = collectors.get(context)
  if (!collector) collectors.set(context, (collector = new StatsCollector(context)))
  return collector
}

/** Ends every stats stream when the app does. */
export function statsService(context: HandlerContext): { readonly stop: () => Promise<void> } {
  return { stop: () => collectorOf(context).stop() }
}
