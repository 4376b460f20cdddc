import { PortolanError, type ErrorData } from '../../shared/bridge/errors'
import type { ShellRequest } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { inspectContainer, inspectExec, type ContainerState } from './engine-state'
import { startOpening, type Opening } from './opening'
import { ShellSession } from './session'

/** Which shell to open: a {@link ShellRequest} whose endpoint is the engine at hand. */
export type OpenShellOptions = Omit<ShellRequest, 'endpointId'>

/** What a person gets who did not ask for a shell, the most comfortable first. */
const SHELLS = ['bash', 'ash', 'sh']

/** What can run our script, the likeliest first: by name where PATH says, and where images hide one that is not on PATH. */
const INTERPRETERS = ['sh', 'bash', 'ash', '/bin/sh', '/busybox/sh']

/** True colour and the terminal that we are; the locale is the script's, for only it knows whether the image has set one. */
const ENVIRONMENT = ['TERM=xterm-256color', 'COLORTERM=truecolor']

/**
 * Opens an interactive shell in a running container, at the given size from its first moment. The caller closes it.
 * Errors: `not-found` (no such container), `conflict` (not running, paused), `unsupported` (the image has no shell, or not the
 * one asked for), `invalid-input` (no such user or working directory), `engine-unreachable`.
 */
export async function openShell(engine: Engine, options: OpenShellOptions): Promise<ShellSession> {
  let doing: Doing = {
    operation: 'exec.open',
    subject: { kind: 'container', id: options.containerId }
  }
  const container = await inspectContainer(engine, doing, options.containerId)
  if (!container) throw refusal(doing, 'not-found', 'There is no such container any more.')
  doing = {
    ...doing,
    subject: { kind: 'container', id: container.id, name: container.name }
  }
  checkRunning(doing, container)
  for (const interpreter of INTERPRETERS) {
    const shells = options.shell === undefined ? [...SHELLS, interpreter] : [options.shell]
    const opening = await open(engine, doing, container, interpreter, shells, options)
    if (opening.kind === 'none') throw noSuchShell(doing, container, options.shell ?? 'shell')
    if (opening.kind === 'failed') {
      await checkInterpreterMissing(engine, doing, container, opening)
      continue
    }
    return new ShellSession(engine, doing, {
      process: opening.process,
      container,
      place: {
        containerId: container.id,
        sessionId: opening.pid,
        interpreter,
        user: options.user
      },
      shell: opening.shell,
      firstBytes: opening.rest
    })
  }
  throw refusal(
    doing,
    'unsupported',
    `The image of ${container.name} has no shell.`,
    `Look around from a second container that shares its processes and network: docker run --rm -it --pid container:${container.name} --network container:${container.name} busybox. Or build the image on a base that has a shell.`
  )
}

function open(
  engine: Engine,
  doing: Doing,
  container: ContainerState,
  interpreter: string,
  shells: readonly string[],
  options: OpenShellOptions
): Promise<Opening> {
  return startOpening(engine, doing, interpreter, shells, {
    containerId: container.id,
    env: ENVIRONMENT,
    user: options.user,
    workingDir: options.workingDir,
    line: options.command,
    size: { columns: options.columns, rows: options.rows }
  })
}

function checkRunning(doing: Doing, container: ContainerState): void {
  const { name } = container
  if (container.paused)
    throw refusal(doing, 'conflict', `${name} is paused.`, `Unpause ${name}, then open a shell.`)
  if (container.restarting)
    throw refusal(doing, 'conflict', `${name} is restarting.`, 'Try again when it runs.')
  if (!container.running)
    throw refusal(doing, 'conflict', `${name} is not running.`, `Start ${name}, then open a shell.`)
}

function noSuchShell(doing: Doing, container: ContainerState, shell: string): PortolanError {
  return refusal(
    doing,
    'unsupported',
    `${container.name} has no ${shell}.`,
    'Open a shell without naming one to get the best that is there.'
  )
}

/** The words of runc and crun for an executable that is not there (or not for this system). */
const MISSING =
  /executable file not found|exec: .*(no such file or directory|permission denied|not a directory)|exec format error/i

/** Throws unless the stream ended because the interpreter is not in the image. */
async function checkInterpreterMissing(
  engine: Engine,
  doing: Doing,
  container: ContainerState,
  opening: Opening & { kind: 'failed' }
): Promise<void> {
  const { words } = opening
  if (MISSING.test(words)) return
  if (/unable to find (user|group)|no matching entries in (passwd|group)/i.test(words))
    throw refusal(doing, 'invalid-input', `${container.name} has no such user.`, undefined, words)
  if (/chdir to cwd|working directory|Cwd/i.test(words)) {
    throw refusal(
      doing,
      'invalid-input',
      `${container.name} has no such working directory.`,
      undefined,
      words
    )
  }
  const now = await inspectContainer(engine, doing, container.id)
  if (!now) throw refusal(doing, 'not-found', `${container.name} was removed meanwhile.`)
  checkRunning(doing, now)
  const exec = await inspectExec(engine, doing, opening.execId)
  throw new PortolanError({
    ...doing,
    code: 'process-exit',
    message: 'The shell ended before it began.',
    ...(words !== '' && { engineMessage: words }),
    ...(typeof exec?.ExitCode === 'number' && { exitCode: exec.ExitCode })
  })
}

function refusal(
  doing: Doing,
  code: ErrorData['code'],
  message: string,
  hint?: string,
  engineMessage?: string
): PortolanError {
  return new PortolanError({
    ...doing,
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(engineMessage !== undefined && { engineMessage })
  })
}
