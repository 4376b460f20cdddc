import { PortolanError } from '../../shared/bridge/errors'
import { attachCommand, shellCommand } from '../../shared/exec/command'
import type { TerminalSession, TerminalSize } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import { openAttach } from './attach'
import { openShell } from './operations'
import type { Run } from './run'

/** How a run is to be opened. */
export interface RunOptions {
  readonly size: TerminalSize
  /** The folder to go back to; where it is gone, the session's own. */
  readonly folder: string | undefined
  /** Starts the container that is attached to. */
  readonly start: boolean
  readonly onInterrupt: () => void
}

/** A run that is open, and what is known of the session with it. */
export interface OpenedRun {
  readonly run: Run
  readonly known: Partial<
    Pick<TerminalSession, 'shell' | 'tty' | 'stdin' | 'detachKeys' | 'started'>
  >
  readonly command: readonly string[]
  /** The folder that a shell was opened in, where it is not the container's own. */
  readonly folder: string | undefined
}

/** Opens a session's next run. Errors: those of {@link openShell} and {@link openAttach}. */
export async function openRun(
  engine: Engine,
  session: TerminalSession,
  options: RunOptions
): Promise<OpenedRun> {
  return session.kind === 'exec'
    ? openShellRun(engine, session, options)
    : openAttachRun(engine, session, options)
}

async function openShellRun(
  engine: Engine,
  session: TerminalSession,
  { size, folder }: RunOptions
): Promise<OpenedRun> {
  const { containerId, user, shell, command, workingDir } = session
  const open = (where: string | undefined) =>
    openShell(engine, { containerId, user, shell, command, workingDir: where, ...size })
  let where = folder ?? workingDir
  const run = await open(where).catch((thrown: unknown) => {
    const isRefused = thrown instanceof PortolanError && thrown.code === 'invalid-input'
    if (!isRefused || folder === undefined || folder === workingDir) throw thrown
    where = workingDir
    return open(where)
  })
  return {
    run,
    known: { shell: run.shell },
    command: execCommandOf({ ...session, workingDir: where, shell: run.shell }),
    folder: where
  }
}

async function openAttachRun(
  engine: Engine,
  { containerId, containerName }: TerminalSession,
  { size, start, onInterrupt }: RunOptions
): Promise<OpenedRun> {
  const run = await openAttach(engine, { containerId, start, onInterrupt, ...size })
  const { tty, stdin, detachKeys } = run
  return {
    run,
    known: { tty, stdin, detachKeys, started: start },
    command: attachCommand({ container: containerName, start, stdin }),
    folder: undefined
  }
}

/** The docker command of a session's shell. */
export function execCommandOf(session: TerminalSession): readonly string[] {
  const { containerName: container, user, workingDir, shell, command } = session
  return shellCommand({ container, user, workingDir, shell, command })
}
