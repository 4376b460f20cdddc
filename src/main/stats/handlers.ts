import { rowKey } from '../../shared/state'
import { statsCommand } from '../../shared/stats/command'
import type { stats } from '../../shared/stats/contract'
import type { HandlersOf } from '../bridge/handlers'
import { Batch } from './batch'
import { collectorOf } from './service'

export const statsHandlers: HandlersOf<typeof stats> = {
  watch: async ({ endpointId }, stream, context) => {
    const collector = collectorOf(context)
    const batch = new Batch(stream.send)
    const stops = new Map<string, () => void>()
    const unwatch = (id: string): void => {
      stops.get(id)?.()
      stops.delete(id)
      batch.drop(id)
    }
    stream.onUp(({ ids }) => {
      const wanted = new Set(ids)
      for (const id of stops.keys()) if (!wanted.has(id)) unwatch(id)
      for (const id of wanted) {
        if (stops.has(id)) continue
        batch.begin(id, collector.recent(endpointId, id))
        const stop = collector.watch(endpointId, id, {
          onPoint: (point) => batch.add(id, point),
          onUpdated: () => batch.update(id)
        })
        stops.set(id, stop)
      }
    })
    if (!stream.signal.aborted)
      await new Promise((resolve) => stream.signal.addEventListener('abort', resolve))
    batch.close()
    for (const id of stops.keys()) unwatch(id)
  },

  history: ({ endpointId, containerId }, context) => {
    const row = context.state.get('containers', rowKey({ endpointId, id: containerId }))
    const command = statsCommand(row?.name ?? containerId.slice(0, 12))
    return context.history.echo(endpointId, command, async () =>
      collectorOf(context).series(endpointId, containerId)
    )
  }
}
