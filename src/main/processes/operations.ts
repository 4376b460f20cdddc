import { PortolanError } from '../../shared/bridge/errors'
import { PS_ARGS, type ProcessTable } from '../../shared/processes/model'
import type { Engine } from '../engine/engine'

/** A reading, and with which arguments of `ps` it was made; absent for the usual ones. */
export interface Top extends ProcessTable {
  readonly psArgs?: string
}

/**
 * The processes of a container that runs or is paused. The engine looks from outside: the image needs no `ps`, ids and users are the
 * machine's. Source: `GET /containers/{id}/top`. Errors: `conflict` when it does not run, `not-found`.
 */
export async function listProcesses(engine: Engine, id: string): Promise<Top> {
  try {
    return { ...(await top(engine, id, { ps_args: PS_ARGS })), psArgs: PS_ARGS }
  } catch (thrown) {
    const isRefused =
      thrown instanceof PortolanError &&
      (thrown.code === 'engine-failure' || thrown.code === 'invalid-input')
    if (!isRefused) throw thrown
    return top(engine, id, {})
  }
}

async function top(
  engine: Engine,
  id: string,
  options: { readonly ps_args?: string }
): Promise<ProcessTable> {
  const doing = { operation: 'processes.watch', subject: { kind: 'container', id } } as const
  const answer = (await engine.do<unknown>(doing, (docker) =>
    docker.getContainer(id).top(options)
  )) as { readonly Titles?: readonly string[]; readonly Processes?: readonly string[][] | null }
  return { titles: answer.Titles ?? [], processes: answer.Processes ?? [] }
}
