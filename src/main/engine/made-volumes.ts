import type { ContainerInspectInfo } from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from './engine'
import type { Doing } from './errors'

/**
 * The anonymous volumes of a container: those that the engine made for it because nobody named them. They stay when it is removed, so
 * whoever removes it says so. Volumes that it has from others (`--volumes-from`) are the others'.
 * Source: `GET /containers/{id}/json`. Errors: as `Engine.do`.
 */
export async function anonymousVolumes(
  engine: Engine,
  doing: Doing,
  container: Pick<ContainerInspectInfo, 'Mounts' | 'HostConfig'>
): Promise<string[]> {
  const { Binds, Mounts, VolumesFrom } = container.HostConfig
  const named = new Set([
    ...(Binds ?? []).map((bind) => (bind.includes(':') ? bind.split(':')[0] : '')),
    ...(Mounts ?? []).map(({ Source }) => Source)
  ])
  for (const from of (VolumesFrom ?? []) as string[]) {
    const [other = ''] = from.split(':')
    for (const { Name } of await mountsOf(engine, doing, other)) named.add(Name)
  }
  return container.Mounts.flatMap(({ Type, Name }) =>
    Type === 'volume' && Name !== undefined && !named.has(Name) ? [Name] : []
  )
}

/** Of one that is gone: none. */
async function mountsOf(
  engine: Engine,
  doing: Doing,
  id: string
): Promise<ContainerInspectInfo['Mounts']> {
  try {
    return (await engine.do(doing, (docker) => docker.getContainer(id).inspect())).Mounts
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return []
    throw thrown
  }
}
