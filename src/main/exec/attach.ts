import type { Duplex } from 'node:stream'
import type { ContainerInspectInfo } from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { TerminalSize } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { AttachRun } from './attach-run'
import { configuredDetachKeys } from './detach-keys'
import { DETACH_KEYS } from './process'
import { waitForExit } from './wait'

/** What to attach to, and how. */
export interface AttachOptions extends TerminalSize {
  readonly containerId: string
  /** Starts the container once we listen; one that runs already is only attached to. */
  readonly start: boolean
  readonly onInterrupt: () => void
}

/**
 * Attaches to a container's main process. Whoever opened it calls {@link AttachRun.close} in the end, which lets go of it.
 * Source: `POST /containers/{id}/attach`, `/wait`, `/start`, in this order, so that neither output nor exit code is lost.
 * Errors: `not-found`, `conflict` (not running, paused, restarting; a name or port that is taken), `engine-failure` (it cannot be
 * started: the engine says why), `engine-unreachable`.
 */
export async function openAttach(engine: Engine, options: AttachOptions): Promise<AttachRun> {
  let doing: Doing = {
    operation: 'exec.attach',
    subject: { kind: 'container', id: options.containerId }
  }
  const info = await engine.do(doing, (docker) =>
    docker.getContainer(options.containerId).inspect()
  )
  const name = info.Name.replace(/^\//, '')
  doing = { ...doing, subject: { kind: 'container', id: info.Id, name } }
  checkState(doing, info, name, options.start)
  const starts = options.start && !info.State.Running
  const { Tty: tty, OpenStdin: stdin } = info.Config
  const detachKeys = await configuredDetachKeys()
  const connection = await attach(engine, doing, info.Id, stdin)
  try {
    const exit = await waitForExit(engine, doing, info.Id, starts ? 'next-exit' : 'not-running')
    const run = new AttachRun(engine, doing, {
      containerId: info.Id,
      connection,
      exit,
      tty,
      stdin,
      detachKeys,
      onInterrupt: options.onInterrupt
    })
    if (starts) {
      await start(engine, doing, info.Id).catch(async (thrown: unknown) => {
        await run.close()
        throw thrown
      })
    }
    await run.resize(options.columns, options.rows).catch(() => undefined)
    return run
  } catch (thrown) {
    connection.destroy()
    throw thrown
  }
}

function attach(engine: Engine, doing: Doing, id: string, stdin: boolean): Promise<Duplex> {
  return engine.do(doing, async (docker) => {
    const connection = await docker.getContainer(id).attach({
      stream: true,
      stdin,
      stdout: true,
      stderr: true,
      hijack: true,
      // We look for the keys ourselves: the engine does so only for a terminal, and does not tell that it was they.
      detachKeys: DETACH_KEYS
    })
    const duplex = connection as Duplex
    // What comes before somebody reads waits in the socket.
    duplex.pause()
    return duplex
  })
}

async function start(engine: Engine, doing: Doing, id: string): Promise<void> {
  await engine.do(doing, async (docker) => {
    await docker.getContainer(id).start()
  })
}

function checkState(
  doing: Doing,
  { State }: ContainerInspectInfo,
  name: string,
  starts: boolean
): void {
  const refuse = (message: string, hint: string): PortolanError =>
    new PortolanError({ ...doing, code: 'conflict', message, hint })
  if (State.Paused) throw refuse(`${name} is paused.`, `Unpause ${name}, then attach to it.`)
  if (State.Restarting) throw refuse(`${name} is restarting.`, 'Try again when it runs.')
  if (!State.Running && !starts)
    throw refuse(`${name} is not running.`, `Start ${name}, then attach to it.`)
}
