import { PortolanError, type Subject } from '../../shared/bridge/errors'
import type { NetworkSpec } from '../../shared/networks/contract'
import type { Engine } from '../engine/engine'

/** How a container joins a network. */
export interface ConnectOptions {
  readonly networkId: string
  readonly containerId: string
  /** Further names on this network. */
  readonly aliases?: readonly string[] | undefined
  /** A fixed address; the network needs a subnet of its own for that. */
  readonly ipv4Address?: string | undefined
}

/** The engine's own JSON of a network. Source: `GET /networks/{id}`. Errors: `not-found`. */
export function inspectNetwork(engine: Engine, networkId: string): Promise<unknown> {
  return engine.do(doing('networks.inspect', { id: networkId }), (docker) =>
    docker.getNetwork(networkId).inspect()
  )
}

/**
 * Creates a network and answers its id. The engine would take a second one of the same name, which nobody could then name any
 * more: a taken name is refused. Source: `GET /networks`, `POST /networks/create`. Errors: `conflict`, `invalid-input`.
 */
export async function createNetwork(
  engine: Engine,
  spec: NetworkSpec
): Promise<{ readonly id: string }> {
  const about = doing('networks.create', { name: spec.name })
  return engine.do(about, async (docker) => {
    // The filter matches parts of names as well.
    const alike = await docker.listNetworks({ filters: { name: [spec.name] } })
    if (alike.some(({ Name }) => Name === spec.name)) throw nameTaken(spec.name, about)
    const { id } = await docker.createNetwork({
      Name: spec.name,
      Driver: spec.driver,
      Internal: spec.internal,
      Attachable: spec.attachable,
      EnableIPv6: spec.ipv6,
      Labels: spec.labels,
      // Two at the same moment: the engine checks again as well as it can.
      CheckDuplicate: true,
      ...(spec.subnet && {
        IPAM: {
          Driver: 'default',
          Config: [{ Subnet: spec.subnet, ...(spec.gateway && { Gateway: spec.gateway }) }]
        }
      })
    })
    return { id }
  })
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
 * Connects a container to a network. Source: `POST /networks/{id}/connect`. Errors: `not-found`; `conflict` when it is on it
 * already; `invalid-input` where its network mode (host, none, container:x) forbids it, or the address is not of the network.
 */
export async function connectNetwork(engine: Engine, options: ConnectOptions): Promise<void> {
  const { networkId, containerId, aliases, ipv4Address } = options
  await refusedAsConflict(() =>
    engine.do<unknown>(doing('networks.connect', { id: networkId }), (docker) =>
      docker.getNetwork(networkId).connect({
        Container: containerId,
        EndpointConfig: {
          ...(aliases && { Aliases: [...aliases] }),
          ...(ipv4Address && { IPAMConfig: { IPv4Address: ipv4Address } })
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

interface Doing {
  readonly operation: string
  readonly subject: Subject
}

function doing(operation: string, subject: Omit<Subject, 'kind'>): Doing {
  return { operation, subject: { kind: 'network', ...subject } }
}

function nameTaken(name: string, about: Doing): PortolanError {
  return new PortolanError({
    ...about,
    code: 'conflict',
    message: `There is already a network named “${name}”.`,
    hint: 'Choose another name: two networks of one name cannot be told apart by it.'
  })
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
