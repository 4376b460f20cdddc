import { PortolanError, type Subject } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import { sayingWhoHoldsPort } from '../engine/taken-port'

/**
 * Starts a container; one that runs already is no fault. Source: `POST /containers/{id}/start`. Errors: `not-found`, `conflict` for a port
 * that is taken (it says by whom).
 */
export function startContainer(engine: Engine, id: string): Promise<void> {
  return sayingWhoHoldsPort(engine, doing('containers.start', id), () =>
    verb(engine, 'containers.start', id, (docker) => docker.getContainer(id).start())
  )
}

/** Sends the stop signal, and KILL after the grace (the container's own, else 10 s). Source: `POST /containers/{id}/stop`. */
export function stopContainer(engine: Engine, id: string, graceSeconds?: number): Promise<void> {
  return verb(engine, 'containers.stop', id, (docker) =>
    docker.getContainer(id).stop(grace(graceSeconds))
  )
}

/** Stops (as {@link stopContainer}) and starts. Source: `POST /containers/{id}/restart`. */
export function restartContainer(engine: Engine, id: string, graceSeconds?: number): Promise<void> {
  return sayingWhoHoldsPort(engine, doing('containers.restart', id), () =>
    verb(engine, 'containers.restart', id, (docker) =>
      docker.getContainer(id).restart(grace(graceSeconds))
    )
  )
}

/** Sends a signal, KILL unless told. Source: `POST /containers/{id}/kill`. Errors: `conflict` when it does not run. */
export function killContainer(engine: Engine, id: string, signal?: string): Promise<void> {
  return verb(engine, 'containers.kill', id, (docker) =>
    docker.getContainer(id).kill(signal ? { signal } : {})
  )
}

/** Freezes all its processes. Source: `POST /containers/{id}/pause`. Errors: `conflict` when it does not run, or is paused. */
export function pauseContainer(engine: Engine, id: string): Promise<void> {
  return verb(engine, 'containers.pause', id, (docker) => docker.getContainer(id).pause())
}

/** Lets them go on. Source: `POST /containers/{id}/unpause`. Errors: `conflict` when it is not paused. */
export async function unpauseContainer(engine: Engine, id: string): Promise<void> {
  try {
    await verb(engine, 'containers.unpause', id, (docker) => docker.getContainer(id).unpause())
  } catch (thrown) {
    // 20.10 says 500 for one that is not paused, as for a failure.
    if (!(thrown instanceof PortolanError) || thrown.code !== 'engine-failure') throw thrown
    const { State } = await engine.do(doing('containers.unpause', id), (docker) =>
      docker.getContainer(id).inspect()
    )
    if (State.Paused) throw thrown
    throw new PortolanError(
      { ...thrown.data, code: 'conflict', retryable: false },
      { cause: thrown }
    )
  }
}

/**
 * Removes a container and its writable layer; with `force` also one that runs. Its volumes stay, the anonymous ones too.
 * Source: `DELETE /containers/{id}?v=false`. Errors: `conflict` when it runs and is not forced.
 */
export function removeContainer(engine: Engine, id: string, force: boolean): Promise<void> {
  return verb(engine, 'containers.remove', id, (docker) =>
    docker.getContainer(id).remove({ force, v: false })
  )
}

/** Gives it another name. Source: `POST /containers/{id}/rename`. Errors: `conflict` when another one has it, `invalid-input`. */
export async function renameContainer(engine: Engine, id: string, name: string): Promise<void> {
  try {
    await verb(engine, 'containers.rename', id, (docker) =>
      docker.getContainer(id).rename({ name })
    )
  } catch (thrown) {
    if (!(thrown instanceof PortolanError) || thrown.code !== 'conflict') throw thrown
    throw new PortolanError(
      {
        ...thrown.data,
        message: `Another container is called ${name}.`,
        hint: 'Choose another name, or rename or remove that one first.'
      },
      { cause: thrown }
    )
  }
}

/**
 * The engine's own JSON of a container; `withSize` adds `SizeRw` and `SizeRootFs`, in bytes, for which the engine reads every file.
 * Source: `GET /containers/{id}/json`.
 */
export function inspectContainer(engine: Engine, id: string, withSize = false): Promise<unknown> {
  // dockerode's types do not know it.
  const options: object = withSize ? { size: true } : {}
  return engine.do(doing('containers.inspect', id), (docker) =>
    docker.getContainer(id).inspect(options)
  )
}

function grace(graceSeconds: number | undefined): { t?: number } {
  return graceSeconds === undefined ? {} : { t: graceSeconds }
}

function doing(operation: string, id: string): { operation: string; subject: Subject } {
  return { operation, subject: { kind: 'container', id } }
}

/** Runs a verb whose answer says nothing; "already so" (304, which dockerode throws) is a success. */
async function verb(
  engine: Engine,
  operation: string,
  id: string,
  run: Parameters<typeof engine.do<unknown>>[1]
): Promise<void> {
  await engine.do<unknown>(doing(operation, id), async (docker) => {
    try {
      return await run(docker)
    } catch (thrown) {
      if (
        typeof thrown === 'object' &&
        thrown !== null &&
        'statusCode' in thrown &&
        thrown.statusCode === 304
      )
        return
      throw thrown
    }
  })
}
