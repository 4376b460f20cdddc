import { join } from 'node:path'
import { isAlive } from '../../shared/containers/model'
import { sweepCommand } from '../../shared/reachability/command'
import type { reachability } from '../../shared/reachability/contract'
import { isHelper } from '../../shared/reachability/helper'
import type { HandlersOf } from '../bridge/handlers'
import { sweep } from './operations'

export const reachabilityHandlers: HandlersOf<typeof reachability> = {
  sweep: async ({ endpointId, containerIds }, context) => {
    const engine = context.engine(endpointId)
    const chosen = containerIds && new Set(containerIds)
    const containers = context.state
      .rows('containers')
      .filter((row) => row.endpointId === endpointId && !isHelper(row))
      .filter((row) => (chosen ? chosen.has(row.id) : isAlive(row)))
    const addresses = containers.flatMap(({ attachments }) =>
      attachments.map(({ ipAddress }) => ipAddress).filter(Boolean)
    )
    const line = sweepCommand(
      containers.map(({ name }) => name),
      addresses
    )
    const total = containers.length * (containers.length - 1)
    const taskId = context.tasks.start(
      {
        endpointId,
        kind: 'reachability.sweep',
        title: `${containers.length} × ${Math.max(0, containers.length - 1)}`,
        key: containerIds?.join() ?? 'all'
      },
      (control) =>
        context.history.echo(endpointId, line, () => {
          let done = 0
          return sweep(engine, {
            containers,
            probeFolder: join(context.resourcesFolder, 'probe'),
            signal: control.signal,
            onResult: (result) => {
              done += 1
              control.emit(result)
              control.progress({ fraction: done / Math.max(1, total) })
            }
          })
        })
    )
    return { taskId }
  }
}
