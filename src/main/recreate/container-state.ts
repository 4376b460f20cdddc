import type { ContainerInspectInfo } from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/** A container by id or name; undefined where there is none. Source: `GET /containers/{id}/json`. */
export async function find(
  engine: Engine,
  doing: Doing,
  idOrName: string
): Promise<ContainerInspectInfo | undefined> {
  try {
    return await engine.do(doing, (docker) => docker.getContainer(idOrName).inspect())
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return undefined
    throw thrown
  }
}

/** Gives a container a name, unless it has it already. Source: `POST /containers/{id}/rename`. */
export async function ensureName(
  engine: Engine,
  doing: Doing,
  container: ContainerInspectInfo,
  name: string
): Promise<void> {
  if (nameOf(container) === name) return
  await engine.do(doing, (docker) => docker.getContainer(container.Id).rename({ name }))
}

/** Stops a container within its own grace; one that is stopped already is no fault. Source: `POST /containers/{id}/stop`. */
export async function ensureStopped(engine: Engine, doing: Doing, id: string): Promise<void> {
  await unlessAlreadySo(engine, doing, (docker) => docker.getContainer(id).stop())
}

/** Starts a container; one that runs already is no fault. Source: `POST /containers/{id}/start`. */
export async function ensureRunning(engine: Engine, doing: Doing, id: string): Promise<void> {
  await unlessAlreadySo(engine, doing, (docker) => docker.getContainer(id).start())
}

/** Removes a container, also one that runs, and none of its volumes; one that is gone is no fault. Source: `DELETE /containers/{id}?v=false`. */
export async function ensureGone(engine: Engine, doing: Doing, id: string): Promise<void> {
  try {
    await engine.do(doing, (docker) => docker.getContainer(id).remove({ force: true, v: false }))
  } catch (thrown) {
    if (!(thrown instanceof PortolanError)) throw thrown
    if (thrown.code === 'not-found') return
    if (thrown.code !== 'conflict') throw thrown
    // The engine is removing it at this moment, as one made with --rm: until it is gone its name is taken.
    const now = await find(engine, doing, id)
    if (now && now.State.Status !== 'removing') throw thrown
    await engine
      .do(doing, (docker) => docker.getContainer(id).wait({ condition: 'removed' }))
      .catch(() => undefined)
  }
}

/** A container's name, as a person writes it. */
export function nameOf(container: Pick<ContainerInspectInfo, 'Name'>): string {
  return container.Name.replace(/^\//, '')
}

async function unlessAlreadySo(
  engine: Engine,
  doing: Doing,
  run: Parameters<typeof engine.do<unknown>>[1]
): Promise<void> {
  await engine.do<unknown>(doing, async (docker) => {
    try {
      return await run(docker)
    } catch (thrown) {
      if ((thrown as { statusCode?: unknown } | null)?.statusCode === 304) return
      throw thrown
    }
  })
}
