import type { NetworkCreateOptions } from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { NetworkSpec } from '../../shared/networks/contract'
import type { Network, NetworkSurroundings } from '../../shared/networks/model'
import { overlaps } from '../../shared/networks/ranges'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readHostRoutes } from './host-routes'

/** What is to be known before a network is made. Source: `GET /info`, and this machine's routes. */
export async function readSurroundings(
  engine: Engine,
  networks: readonly Network[]
): Promise<NetworkSurroundings> {
  const info: unknown = await engine.do({ operation: 'networks.surroundings' }, (docker) =>
    docker.info()
  )
  const { Plugins, Swarm } = info as {
    readonly Plugins?: { readonly Network?: readonly string[] | null }
    readonly Swarm?: { readonly LocalNodeState?: string }
  }
  const isHere = engine.address.kind === 'unix'
  return {
    drivers: [...(Plugins?.Network ?? [])].sort(),
    isSwarm: Swarm?.LocalNodeState === 'active',
    routes: isHere ? await readHostRoutes(networks) : []
  }
}

/** What the engine is asked for, as the docker CLI asks it. */
export function toCreateBody(spec: NetworkSpec): NetworkCreateOptions {
  return {
    Name: spec.name,
    Driver: spec.driver,
    Internal: spec.internal,
    Attachable: spec.attachable,
    // Left out, and not false: an engine may be set to give IPv6 to every network.
    ...(spec.ipv6 && { EnableIPv6: true }),
    Options: spec.options,
    Labels: spec.labels,
    // Two at the same moment: the engine checks again as well as it can.
    CheckDuplicate: true,
    ...(spec.ranges.length > 0 && {
      IPAM: {
        Driver: 'default',
        Config: spec.ranges.map(({ subnet, gateway, ipRange }) => ({
          Subnet: subnet,
          ...(gateway && { Gateway: gateway }),
          ...(ipRange && { IPRange: ipRange })
        }))
      }
    })
  }
}

/**
 * Creates a network and answers its id. The engine would take a second one of the same name, which nobody could then name any
 * more: a taken name is refused. Source: `GET /networks`, `POST /networks/create`. Errors: `conflict` for a name or a range that is
 * taken, `invalid-input`, `unsupported` where the kernel of the engine's machine lacks the driver.
 */
export async function createNetwork(
  engine: Engine,
  spec: NetworkSpec
): Promise<{ readonly id: string }> {
  const about: Doing = {
    operation: 'networks.create',
    subject: { kind: 'network', name: spec.name }
  }
  try {
    return await engine.do(about, async (docker) => {
      // The filter matches parts of names as well.
      const alike = await docker.listNetworks({ filters: { name: [spec.name] } })
      if (alike.some(({ Name }) => Name === spec.name)) throw nameTaken(spec.name, about)
      const { id } = await docker.createNetwork(toCreateBody(spec))
      return { id }
    })
  } catch (thrown) {
    throw thrown instanceof PortolanError ? await explain(engine, spec, thrown) : thrown
  }
}

function nameTaken(name: string, about: Doing): PortolanError {
  return new PortolanError({
    ...about,
    code: 'conflict',
    message: `There is already a network named “${name}”.`,
    hint: 'Choose another name: two networks of one name cannot be told apart by it.'
  })
}

/** The engine says that a range overlaps another one and not whose that is, and "operation not supported" and not of what. */
async function explain(
  engine: Engine,
  spec: NetworkSpec,
  thrown: PortolanError
): Promise<PortolanError> {
  const words = thrown.data.engineMessage ?? ''
  if (words === 'operation not supported') {
    return new PortolanError(
      {
        ...thrown.data,
        code: 'unsupported',
        message: `The machine of the engine cannot make a network of the driver ${spec.driver}.`,
        hint: `Its kernel lacks it: load its module there (modprobe ${spec.driver}), or choose the driver bridge.`,
        retryable: false
      },
      { cause: thrown }
    )
  }
  const taken = /overlap/i.test(words) ? await findOverlap(engine, spec) : undefined
  if (!taken) return thrown
  return new PortolanError(
    {
      ...thrown.data,
      code: 'conflict',
      message: `The subnet ${taken.subnet} overlaps ${taken.range}, which the network “${taken.name}” has.`,
      hint: 'Choose a range that no network of this engine has, or none: the engine draws a free one.',
      retryable: false
    },
    { cause: thrown }
  )
}

async function findOverlap(
  engine: Engine,
  spec: NetworkSpec
): Promise<{ readonly subnet: string; readonly range: string; readonly name: string } | undefined> {
  const networks = await engine.docker.listNetworks().catch(() => [])
  for (const { subnet } of spec.ranges) {
    for (const { Name: name, IPAM: ipam } of networks) {
      const theirs = (ipam?.Config ?? []).map((config) => config['Subnet'] ?? '')
      const range = theirs.find((each) => overlaps(each, subnet))
      if (range !== undefined) return { subnet, range, name }
    }
  }
  return undefined
}
