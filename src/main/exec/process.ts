import type { Duplex } from 'node:stream'
import type { Exec } from 'dockerode'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/** What to run in a container. */
export interface ProcessOptions {
  readonly containerId: string
  readonly command: readonly string[]
  readonly tty: boolean
  readonly env?: readonly string[]
  readonly user?: string | undefined
  readonly workingDir?: string | undefined
}

/** A process in a container: its exec instance and the raw connection to it (framed unless it has a TTY). */
export interface AttachedProcess {
  readonly exec: Exec
  readonly connection: Duplex
}

/**
 * A sequence that nobody types. The engine cannot be told to have no detach keys, and its own, Ctrl+P Ctrl+Q, would hold every
 * Ctrl+P (the shell's "previous command") back until the next key. A first key is held back always; Ctrl+Space is the one that
 * shows nothing by itself.
 */
export const DETACH_KEYS = 'ctrl-@,ctrl-^,ctrl-_,ctrl-],ctrl-@,ctrl-^'

/**
 * Starts a process with stdin, stdout and stderr attached. Who calls it must read or destroy the connection; neither ends the
 * process. A missing executable is no error here: the engine answers 200 and says so in the stream.
 * Source: `POST /containers/{id}/exec`, `POST /exec/{id}/start`. Errors: `not-found`, `conflict` (not running, paused).
 */
export function attachProcess(
  engine: Engine,
  doing: Doing,
  options: ProcessOptions
): Promise<AttachedProcess> {
  return engine.do(doing, async (docker) => {
    const exec = await docker.getContainer(options.containerId).exec({
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: options.tty,
      DetachKeys: DETACH_KEYS,
      Cmd: [...options.command],
      ...(options.env && { Env: [...options.env] }),
      ...(options.user !== undefined && { User: options.user }),
      ...(options.workingDir !== undefined && { WorkingDir: options.workingDir })
    })
    const connection = await exec.start({ hijack: true, stdin: true, Tty: options.tty })
    // A keystroke is one small packet: it must not wait for the answer to the one before (matters over TCP).
    if ('setNoDelay' in connection && typeof connection.setNoDelay === 'function')
      connection.setNoDelay(true)
    return { exec, connection }
  })
}
