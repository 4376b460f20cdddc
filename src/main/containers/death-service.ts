import { sayDeaths, type DeathNotice } from '../../shared/containers/deaths'
import type { HandlerContext } from '../bridge/context'
import { DeathWatch } from './death-watch'

/**
 * Tells of deaths by the system's notifications, if the person has asked for it; a click on one shows the container. Events that came
 * before it was asked for are known all the same: a stop that began then is no death now.
 */
export function tellDeaths(
  context: Pick<HandlerContext, 'events' | 'settings' | 'language' | 'desktop' | 'ask'>
): { stop: () => Promise<void> } {
  const watches = new Map<string, DeathWatch>()
  const timers = new Map<string, NodeJS.Timeout>()

  function schedule(endpointId: string, watch: DeathWatch): void {
    clearTimeout(timers.get(endpointId))
    const due = watch.dueMs()
    if (due === undefined) return
    const timer = setTimeout(
      () => {
        for (const notice of watch.take(Date.now())) tell(endpointId, notice)
        schedule(endpointId, watch)
      },
      Math.max(0, due - Date.now())
    )
    // Nothing waits for it.
    timer.unref()
    timers.set(endpointId, timer)
  }

  function tell(endpointId: string, notice: DeathNotice): void {
    if (!context.settings().notifyOfDeaths) return
    const containerId = containerOf(notice)
    context.desktop.notify({
      ...sayDeaths(notice, context.language()),
      onClick: () =>
        context.ask({ kind: 'container', endpointId, ...(containerId && { containerId }) })
    })
  }

  const stopListening = context.events.on((endpointId, event) => {
    let watch = watches.get(endpointId)
    if (!watch) watches.set(endpointId, (watch = new DeathWatch()))
    if (watch.see(event, Date.now())) schedule(endpointId, watch)
  })
  return {
    stop: async () => {
      stopListening()
      for (const timer of timers.values()) clearTimeout(timer)
    }
  }
}

/** The one that it is about; undefined where it is about many. */
function containerOf(notice: DeathNotice): string | undefined {
  if (notice.kind === 'many') return undefined
  return notice.kind === 'out-of-memory' ? notice.containerId : notice.death.containerId
}
