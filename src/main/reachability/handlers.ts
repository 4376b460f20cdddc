import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import type { Container } from '../../shared/containers/model'
import { isAlive } from '../../shared/containers/model'
import { formatAddress } from '../../shared/engines/address'
import { pairCommand, sweepCommand } from '../../shared/reachability/command'
import { consentOf } from '../../shared/reachability/consent'
import type { reachability } from '../../shared/reachability/contract'
import { isHelper } from '../../shared/reachability/helper'
import { keepSweep } from '../../shared/reachability/kept'
import type { PairResult } from '../../shared/reachability/model'
import { rowKey } from '../../shared/state'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { Engine } from '../engine/engine'
import { lookClosely } from './depth'
import { followStream } from './follow-stream'
import { SweepHistory } from './history'
import type { Measuring } from './measuring'
import { sweep } from './operations'

const histories = new Map<string, SweepHistory>()

/** The one history of the app's folder: it is read once, and its writes follow each other. */
function historyOf({ dataFolder }: HandlerContext): SweepHistory {
  const history = histories.get(dataFolder) ?? new SweepHistory(dataFolder)
  histories.set(dataFolder, history)
  return history
}

function measuringAt(engine: Engine, context: HandlerContext): Omit<Measuring, 'signal'> {
  return {
    engine,
    probeFolder: join(context.resourcesFolder, 'probe'),
    isHelperAllowed: consentOf(context.settings(), engine.address) === 'allowed'
  }
}

export const reachabilityHandlers: HandlersOf<typeof reachability> = {
  sweep: async ({ endpointId, containerIds }, context) => {
    const engine = context.engine(endpointId)
    const chosen = containerIds && new Set(containerIds)
    const containers = context.state
      .rows('containers')
      .filter((row) => row.endpointId === endpointId && !isHelper(row))
      .filter((row) => (chosen ? chosen.has(row.id) : isAlive(row)))
    const total = containers.length * (containers.length - 1)
    const taskId = context.tasks.start(
      {
        endpointId,
        kind: 'reachability.sweep',
        title: `${containers.length} × ${Math.max(0, containers.length - 1)}`,
        key: containerIds?.join() ?? 'all'
      },
      ({ signal, emit, progress }) =>
        context.history.echo(endpointId, lineOf(containers), async () => {
          const results: PairResult[] = []
          const { summary, topology } = await sweep({
            ...measuringAt(engine, context),
            containers,
            signal,
            onResult: (result) => {
              emit(result)
              progress({ fraction: results.push(result) / Math.max(1, total) })
            }
          })
          // Some pairs measured again are no state of the whole.
          if (!chosen) {
            const kept = keepSweep(randomUUID(), summary, topology, results)
            const writing = historyOf(context).add(formatAddress(engine.address), kept)
            await writing.catch((error: unknown) => context.report('reachability.history', error))
          }
          return summary
        })
    )
    return { taskId }
  },

  pair: async ({ endpointId, sourceId, targetId, ports = [] }, context) => {
    const engine = context.engine(endpointId)
    const [source, target] = [
      rowOf(context, endpointId, sourceId),
      rowOf(context, endpointId, targetId)
    ]
    const address = target.attachments.find(({ ipAddress }) => ipAddress !== '')?.ipAddress
    const line = pairCommand(source.name, address ?? target.name)
    const { signal } = new AbortController()
    return context.history.echo(endpointId, line, () =>
      lookClosely({ ...measuringAt(engine, context), source, target, ports, signal })
    )
  },

  follow: followStream(measuringAt),

  history: async ({ endpointId }, context) =>
    historyOf(context).list(formatAddress(context.engine(endpointId).address))
}

function lineOf(containers: readonly Container[]): string {
  return sweepCommand(
    containers.map(({ name }) => name),
    containers.flatMap(({ attachments }) =>
      attachments.map(({ ipAddress }) => ipAddress).filter(Boolean)
    )
  )
}

function rowOf({ state }: HandlerContext, endpointId: string, id: string): Container {
  const row = state.get('containers', rowKey({ endpointId, id }))
  if (row) return row
  throw new PortolanError({
    code: 'not-found',
    message: 'One of the two containers is no longer there.',
    hint: 'Choose another pair.',
    operation: 'reachability.pair',
    subject: { kind: 'container', id }
  })
}
