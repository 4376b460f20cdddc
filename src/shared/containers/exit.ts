import type { ContainerDetails } from './details'

/** Why a container ended, as far as its exit code and the engine tell. */
export type ExitReason =
  | 'done'
  | 'failed'
  | 'engine-failed'
  | 'not-executable'
  | 'not-found'
  | 'out-of-memory'
  | 'killed'
  | 'terminated'
  | 'interrupted'
  | 'segfault'
  | 'aborted'
  | 'signal'

const BY_CODE: Readonly<Record<number, ExitReason>> = {
  0: 'done',
  125: 'engine-failed',
  126: 'not-executable',
  127: 'not-found',
  130: 'interrupted',
  134: 'aborted',
  137: 'killed',
  139: 'segfault',
  143: 'terminated'
}

/** The reason that an exit code stands for. Source: `docker run`'s own codes, and 128 + n for signal n as shells write it. */
export function exitReason(exitCode: number, isOutOfMemory: boolean): ExitReason {
  // A process of it may have been killed for memory while the first one ended by itself.
  if (isOutOfMemory && exitCode !== 0) return 'out-of-memory'
  return BY_CODE[exitCode] ?? (exitCode > 128 && exitCode <= 192 ? 'signal' : 'failed')
}

/** How long one that has ended ran, in ms; undefined where it never did. An engine may note a very short life's end before its start. */
export function lifeMs({ startedAtMs, finishedAtMs }: ContainerDetails): number | undefined {
  if (startedAtMs === undefined || finishedAtMs === undefined) return undefined
  return Math.max(0, finishedAtMs - startedAtMs)
}
