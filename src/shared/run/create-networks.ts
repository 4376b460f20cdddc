import { isUserDefined } from './check'
import { atLeast, refusal, type Surroundings } from './create-surroundings'
import type { NetworkAttachment, RunProblem, RunSpec } from './model'

/** A network that the container is connected to after it was created. Source: `POST /networks/{id}/connect`. */
export interface NetworkConnect {
  readonly network: string
  /** The `EndpointConfig` of the request. */
  readonly settings: Readonly<Record<string, unknown>>
}

interface Networks {
  /** `EndpointsConfig` of the request that creates. */
  readonly atCreate: Readonly<Record<string, object>>
  readonly connect: readonly NetworkConnect[]
  /** The container's own MAC address: before API 1.44 no network had one. */
  readonly macAddress: string | undefined
  readonly problems: readonly RunProblem[]
}

/** What `--network`, `--network-alias`, `--ip` and the like become. Source: docker/cli `parseNetworkOpts`. */
export function createNetworks(spec: RunSpec, around: Surroundings): Networks {
  const [first = { name: 'default' }, ...others] = spec.networks ?? []
  const main = withOldFlags(first, spec)
  const many = atLeast(around, '1.44')
  const own = (network: NetworkAttachment) => endpointSettings(network, many)
  const isPlain = Object.keys(own(main)).length === 0
  // One network without any settings is left to the engine, as ever.
  const isLeftOut = isPlain && spec.networks?.length === 1
  const atCreate = {
    ...(!isLeftOut && { [main.name]: own(main) }),
    ...(many && Object.fromEntries(others.map((each) => [each.name, own(each)])))
  }
  const connect = many ? [] : others.map((each) => ({ network: each.name, settings: own(each) }))
  return {
    atCreate,
    connect,
    macAddress: many ? undefined : main.macAddress,
    problems: [...others, main].flatMap((each) => problemsOf(each, each === main, around))
  }
}

/** The flags that were there before `--network` had settings belong to the first network. */
function withOldFlags(network: NetworkAttachment, spec: RunSpec): NetworkAttachment {
  const { networkAliases, ip, ip6, linkLocalIps, macAddress, links } = spec
  return {
    ...network,
    ...(networkAliases && { aliases: networkAliases }),
    ...(ip && { ip }),
    ...(ip6 && { ip6 }),
    ...(linkLocalIps && { linkLocalIps }),
    ...(macAddress && { macAddress }),
    ...(links && isUserDefined(network.name) && { links })
  }
}

function endpointSettings(
  network: NetworkAttachment & { readonly links?: readonly string[] },
  withMac: boolean
): Record<string, unknown> {
  const { aliases, links, ip, ip6, linkLocalIps, macAddress, driverOptions, gatewayPriority } =
    network
  const address = {
    ...(ip && { IPv4Address: ip }),
    ...(ip6 && { IPv6Address: ip6 }),
    ...(linkLocalIps && { LinkLocalIPs: linkLocalIps })
  }
  return {
    ...(Object.keys(address).length > 0 && { IPAMConfig: address }),
    ...(links && { Links: links }),
    ...(aliases && { Aliases: aliases }),
    ...(driverOptions && {
      DriverOpts: Object.fromEntries(driverOptions.map(({ name, value }) => [name, value]))
    }),
    ...(macAddress && withMac && { MacAddress: macAddress }),
    ...(gatewayPriority && { GwPriority: gatewayPriority })
  }
}

function problemsOf(
  { name, macAddress, gatewayPriority }: NetworkAttachment,
  isMain: boolean,
  around: Surroundings
): RunProblem[] {
  const needs = (version: string, what: string) =>
    refusal(
      `--network ${name}`,
      `${what} requires API version ${version}, but the Docker daemon API version is ${around.apiVersion}`
    )
  return [
    ...(macAddress && !isMain && !atLeast(around, '1.44') ? [needs('1.44', 'mac-address')] : []),
    ...(gatewayPriority && !atLeast(around, '1.48') ? [needs('1.48', 'gw-priority')] : [])
  ]
}
