import type { ErrorData } from '../bridge/errors'
import { containerCommands } from './command'

/** What can be done to many containers at once. */
export const BULK_VERBS = [
  'start',
  'stop',
  'restart',
  'kill',
  'pause',
  'unpause',
  'remove'
] as const
export type BulkVerb = (typeof BULK_VERBS)[number]

/** The kind of the task that does it. */
export const BULK_TASK = 'containers.bulk'

/** A verb and how it is done. */
export interface BulkWork {
  readonly verb: BulkVerb
  /** Of `stop` and `restart`: seconds until they are killed; absent: each container's own, else 10. */
  readonly graceSeconds?: number | undefined
  /** Of `kill`: KILL unless told. */
  readonly signal?: string | undefined
  /** Of `remove`: also those that run. */
  readonly force?: boolean | undefined
}

/** One that it could not be done to. */
export interface BulkFailure {
  readonly containerId: string
  readonly name: string
  readonly error: ErrorData
}

/** What became of it: the result of a {@link BULK_TASK}. */
export interface BulkResult {
  readonly work: BulkWork
  readonly doneCount: number
  readonly failures: readonly BulkFailure[]
  /** Not begun, because it was cancelled. */
  readonly skippedCount: number
}

/** The docker command that does the same to all of them. */
export function bulkCommand(work: BulkWork, names: readonly string[]): string[] {
  switch (work.verb) {
    case 'stop':
    case 'restart':
      return containerCommands[work.verb](names, work.graceSeconds)
    case 'kill':
      return containerCommands.kill(names, work.signal)
    case 'remove':
      return containerCommands.remove(names, work.force ?? false)
    default:
      return containerCommands[work.verb](names)
  }
}
