import { toErrorData } from '../../shared/bridge/errors'
import {
  BULK_TASK,
  bulkCommand,
  type BulkFailure,
  type BulkResult,
  type BulkWork
} from '../../shared/containers/bulk'
import type { HandlerContext } from '../bridge/context'
import type { Engine } from '../engine/engine'
import { eachOf } from './each'
import * as operations from './operations'

/** So many at once: a stop waits for its container, and an engine that is asked for everything at once answers nobody. */
const AT_ONCE = 6

/** One of the containers, and what a person calls it. */
export interface BulkItem {
  readonly containerId: string
  readonly name: string
}

/** Does the work to each as a task, with one line of the command echo for all; a failure of one stops no other. Answers the task's id. */
export function startBulk(
  items: readonly BulkItem[],
  work: BulkWork,
  endpointId: string,
  { engine, tasks, history }: HandlerContext
): string {
  const [program, verb] = bulkCommand(work, [])
  return tasks.start(
    { endpointId, kind: BULK_TASK, title: `${program} ${verb} (${items.length})` },
    async ({ signal, progress }) => {
      const ended = new Set<BulkItem>()
      const lineOf = (some: readonly BulkItem[]): string[] =>
        bulkCommand(
          work,
          some.map(({ name }) => name)
        )
      const act = async (): Promise<BulkResult> => {
        const result = await doBulk(engine(endpointId), items, work, {
          signal,
          onEnded: (item) => {
            ended.add(item)
            progress({
              fraction: ended.size / items.length,
              line: `${ended.size} / ${items.length} ${item.name}`
            })
          }
        })
        if (result.failures.length > 0) throw new SomeFailed(result)
        return result
      }
      // What was cancelled before it began is not in the line that was done.
      const done = (): string[] => lineOf(items.filter((item) => ended.has(item)))
      try {
        return await history.echo(endpointId, lineOf(items), act, done)
      } catch (thrown) {
        if (thrown instanceof SomeFailed) return thrown.result
        throw thrown
      }
    }
  )
}

/** Has the echo say that the command failed; what failed and why is in the result. */
class SomeFailed extends Error {
  readonly result: BulkResult

  constructor(result: BulkResult) {
    super('some failed')
    this.result = result
  }
}

/** Does the work to each container. Once aborted, no further one is begun; those that were are waited for. Never rejects for one of them. */
export async function doBulk(
  engine: Engine,
  items: readonly BulkItem[],
  work: BulkWork,
  control: {
    readonly signal?: AbortSignal
    readonly onEnded?: (item: BulkItem) => void
  } = {}
): Promise<BulkResult> {
  const failures: BulkFailure[] = []
  let endedCount = 0
  await eachOf(
    items,
    AT_ONCE,
    async (item) => {
      try {
        await doOne(engine, item.containerId, work)
      } catch (thrown) {
        failures.push({ ...item, error: toErrorData(thrown) })
      }
      endedCount += 1
      control.onEnded?.(item)
    },
    control.signal
  )
  return {
    work,
    doneCount: endedCount - failures.length,
    failures,
    skippedCount: items.length - endedCount
  }
}

function doOne(engine: Engine, id: string, work: BulkWork): Promise<void> {
  switch (work.verb) {
    case 'start':
      return operations.startContainer(engine, id)
    case 'stop':
      return operations.stopContainer(engine, id, work.graceSeconds)
    case 'restart':
      return operations.restartContainer(engine, id, work.graceSeconds)
    case 'kill':
      return operations.killContainer(engine, id, work.signal)
    case 'pause':
      return operations.pauseContainer(engine, id)
    case 'unpause':
      return operations.unpauseContainer(engine, id)
    case 'remove':
      return operations.removeContainer(engine, id, work.force ?? false)
  }
}
