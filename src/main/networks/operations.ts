import { PortolanError, toErrorData, type Subject } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/** How a container joins a network. */
export interface ConnectOptions {
  readonly networkId: string
  readonly containerId: string
  /** Further names on this network. */
  readonly aliases?: readonly string[] | undefined
  /** A fixed address; the network needs a subnet of its own for that. */
  readonly ipv4Address?: string | undefined
  readonly ipv6Address?: string | undefined
}

/** The engine's own JSON of a network. Source: `GET /networks/{id}`. Errors: `not-found`. */
export function inspectNetwork(engine: Engine, networkId: string): Promise<unknown> {
  return engine.do(doing('networks.inspect', { id: networkId }), (docker) =>
    docker.getNetwork(networkId).inspect()
  )
}

/**
 * Removes a network that nobody is on. Source: `DELETE /networks/{id}`.
 * Errors: `not-found`; `conflict` for a predefined network or one in use (the engine calls both forbidden).
 */
export async function removeNetwork(engine: Engine, networkId: string): Promise<void> {
  await refusedAsConflict(() =>
    engine.do<unknown>(doing('networks.remove', { id: networkId }), (docker) =>
      docker.getNetwork(networkId).remove()
    )
  )
}

/**
 * Removes networks that nobody is on, the others also when one cannot be. Source: `DELETE /networks/{id}`.
 * Errors: `conflict` where some stayed; its message says of each why, by the names in `names`.
 */
export async function removeNetworks(
  engine: Engine,
  networks: readonly { readonly id: string; readonly name: string }[]
): Promise<void> {
  const stayed: string[] = []
  for (const { id, name } of networks) {
    try {
      await removeNetwork(engine, id)
    } catch (thrown) {
      const { message } = toErrorData(thrown)
      stayed.push(networks.length === 1 ? message : `${name}: ${message}`)
    }
  }
  if (stayed.length === 0) return
  throw new PortolanError({
    ...doing('networks.removeMany', {}),
    code: 'conflict',
    message: stayed.join('\n'),
    ...(stayed.length < networks.length && { hint: 'The others were removed.' })
  })
}

/**
 * Connects a container to a network. Source: `POST /networks/{id}/connect`. Errors: `not-found`; `conflict` when it is on it
 * already; `invalid-input` where its network mode (host, none, container:x) forbids it, or the address is not of the network.
 */
export async function connectNetwork(engine: Engine, options: ConnectOptions): Promise<void> {
  const { networkId, containerId, aliases, ipv4Address, ipv6Address } = options
  const fixed = {
    ...(ipv4Address && { IPv4Address: ipv4Address }),
    ...(ipv6Address && { IPv6Address: ipv6Address })
  }
  await refusedAsConflict(() =>
    engine.do<unknown>(doing('networks.connect', { id: networkId }), (docker) =>
      docker.getNetwork(networkId).connect({
        Container: containerId,
        EndpointConfig: {
          ...(aliases && { Aliases: [...aliases] }),
          ...((ipv4Address ?? ipv6Address) && { IPAMConfig: fixed })
        }
      })
    )
  )
  // The engine sends no event for a container that does not run (seen on 20.10).
  engine.announce({ table: 'containers', id: containerId })
}

/** Takes a container off a network; `force` also when the engine no longer finds the container. Source: `POST /networks/{id}/disconnect`. */
export async function disconnectNetwork(
  engine: Engine,
  options: { readonly networkId: string; readonly containerId: string; readonly force: boolean }
): Promise<void> {
  const { networkId, containerId, force } = options
  await refusedAsConflict(() =>
    engine.do<unknown>(doing('networks.disconnect', { id: networkId }), (docker) =>
      docker.getNetwork(networkId).disconnect({ Container: containerId, Force: force })
    )
  )
}

/** The API says 403 for what a network's state forbids; that is a conflict and no question of who we are. */
async function refusedAsConflict(run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.data.statusCode === 403) {
      throw new PortolanError({ ...thrown.data, code: 'conflict' }, { cause: thrown })
    }
    throw thrown
  }
}

function doing(operation: string, subject: Omit<Subject, 'kind'>): Doing {
  return { operation, subject: { kind: 'network', ...subject } }
}
