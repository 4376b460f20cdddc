import { PortolanError } from '../../shared/bridge/errors'
import type { ShellEnd } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { inspectContainer, inspectExec, waitForEvent, type ContainerState } from './engine-state'

/** How long the engine may take to notice that a process whose stream has ended is over. */
const EXIT_NOTICE_MS = 5000

/**
 * How long a container may take to be over after one of its processes was killed. The kernel ends a stopping container's
 * processes first and its main one last, so that a shell's 137 comes some milliseconds before the news that explains it.
 */
const STOP_NOTICE_MS = 1000

/** The exit code of a process that was killed: 128 + SIGKILL. */
const KILLED = 137

/**
 * How a shell whose stream has ended came to its end; `weEndIt` tells whether we are closing it.
 * Errors: `protocol` when the process still runs (the connection was cut), `engine-unreachable`.
 */
export async function howItEnded(
  engine: Engine,
  doing: Doing,
  execId: string,
  container: ContainerState,
  weEndIt: () => boolean
): Promise<ShellEnd> {
  const exitCode = await exitCodeOf(engine, doing, execId, container)
  let now = await inspectContainer(engine, doing, container.id)
  if (exitCode === KILLED && !weEndIt() && now && isSameRun(container, now)) {
    await noticeDeath(engine, doing, container, STOP_NOTICE_MS)
    now = await inspectContainer(engine, doing, container.id)
  }
  if (!now) return { exitCode, reason: 'container-removed' }
  if (!isSameRun(container, now)) return { exitCode, reason: 'container-stopped' }
  return { exitCode, reason: weEndIt() ? 'closed' : 'exited' }
}

async function exitCodeOf(
  engine: Engine,
  doing: Doing,
  execId: string,
  container: ContainerState
): Promise<number | null> {
  let exec = await inspectExec(engine, doing, execId)
  if (exec?.Running) {
    await waitForEvent(engine, doing, {
      containerId: container.id,
      event: 'exec_die',
      since: container.startedAt,
      execId,
      timeoutMs: EXIT_NOTICE_MS
    })
    exec = await inspectExec(engine, doing, execId)
  }
  if (!exec?.Running) return exec?.ExitCode ?? null
  throw new PortolanError({
    code: 'protocol',
    message: 'The connection to the shell was cut.',
    hint: 'Open a new shell.',
    retryable: true,
    ...doing
  })
}

/** Waits until the engine has noticed the end of this run of a container; at most so many ms. */
export async function noticeDeath(
  engine: Engine,
  doing: Doing,
  { id, startedAt }: ContainerState,
  timeoutMs: number
): Promise<void> {
  await waitForEvent(engine, doing, {
    containerId: id,
    event: 'die',
    since: startedAt,
    timeoutMs
  })
}

/** One that its policy is about to restart counts as running, and has the old start still. */
export function isSameRun(before: ContainerState, now: ContainerState): boolean {
  return now.running && !now.restarting && now.startedAt === before.startedAt
}
