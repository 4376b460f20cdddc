import type { RecreateEvent, RecreateResult } from '../../shared/recreate/model'
import { recreateCommand } from '../../shared/recreate/command'
import type { recreate } from '../../shared/recreate/contract'
import type { CreateRequest } from '../../shared/run/create-body'
import type { RunSpec } from '../../shared/run/model'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { Engine } from '../engine/engine'
import { RecreateJournal } from './journal'
import { recreateContainer } from './operations'
import { repairRecreations } from './repair'

/** What makes a create request of a spec: the run form's. */
type Prepare = (
  engine: Engine,
  spec: RunSpec,
  environment: Readonly<Record<string, string | undefined>>
) => Promise<CreateRequest>

const journals = new Map<string, RecreateJournal>()

/** The one journal of a data folder: what is under way in this process is known to it alone. */
function journalOf({ dataFolder }: HandlerContext): RecreateJournal {
  const journal = journals.get(dataFolder) ?? new RecreateJournal(dataFolder)
  journals.set(dataFolder, journal)
  return journal
}

/** Recreates containers; `prepare` is given by whoever joins the features. */
export function recreateHandlers(prepare: Prepare): HandlersOf<typeof recreate> {
  return {
    start: async ({ endpointId, containerId, spec, newImage, healthTimeoutSeconds }, context) => {
      const engine = context.engine(endpointId)
      const request = await prepare(engine, spec, process.env)
      const row = context.state.get('containers', `${endpointId}/${containerId}`)
      const name = row?.name ?? containerId.slice(0, 12)
      const { platform } = request.query
      const taskId = context.tasks.start(
        {
          endpointId,
          kind: 'recreate.start',
          title: name,
          subject: { kind: 'container', id: containerId, name },
          key: containerId
        },
        ({ signal, emit, progress }) => {
          let plan: Extract<RecreateEvent, { kind: 'planned' }> | undefined
          let done = 0
          const onEvent = (event: RecreateEvent): void => {
            if (event.kind === 'planned') plan = event
            if (event.kind === 'step') {
              progress({ fraction: done / (plan?.steps.length ?? 1), line: event.step })
              done += 1
            }
            emit(event)
          }
          const line = (): string =>
            recreateCommand({
              name,
              spec,
              connect: request.connect,
              carried: plan?.carried ?? [],
              keptImageId: plan?.keptImageId,
              wasRunning: plan?.steps.includes('start') ?? row?.state === 'running'
            })
          return context.history.echo<RecreateResult>(
            endpointId,
            line(),
            () =>
              recreateContainer(
                engine,
                {
                  oldId: containerId,
                  createBody: {
                    ...request.body,
                    ...(platform !== undefined && { platform })
                  },
                  networks: request.connect,
                  name: spec.name,
                  newImage,
                  healthTimeoutSeconds,
                  signal,
                  onEvent
                },
                journalOf(context)
              ),
            line
          )
        }
      )
      return { taskId }
    }
  }
}

/**
 * Brings to an end what a crash or a lost engine left in the middle, and says so by a task of its own for each. For every connect.
 * Errors: as `repairRecreations`.
 */
export async function repairOnConnect(engine: Engine, context: HandlerContext): Promise<void> {
  const { endpointId } = engine
  await repairRecreations(engine, journalOf(context), (entry, work) => {
    return new Promise((resolve, reject) => {
      context.tasks.start(
        {
          endpointId,
          kind: 'recreate.repair',
          title: entry.name,
          subject: { kind: 'container', id: entry.oldId, name: entry.name }
        },
        async ({ progress }) => {
          try {
            const settled = await work()
            progress({ fraction: 1, line: settled.outcome })
            resolve(settled)
            return settled
          } catch (thrown) {
            reject(thrown instanceof Error ? thrown : new Error(String(thrown)))
            throw thrown
          }
        }
      )
    })
  })
}
