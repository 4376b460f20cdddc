import { isUserDefined } from './check'
import { namedOf } from './from-inspect-values'
import type { InspectedContainer, InspectedEndpoint } from './inspect-model'
import type { NetworkAttachment, RunSpec } from './model'

/** What networks a container is on: the one it was made on first, then those that it was connected to, each with its names and addresses. */
export function networkSpec(container: InspectedContainer): Partial<RunSpec> {
  const { HostConfig: host, NetworkSettings: settings, Config } = container
  const mode = host.NetworkMode ?? 'default'
  const endpoints = Object.entries(settings?.Networks ?? {})
  const main = endpoints.find(([name, endpoint]) => isMain(mode, name, endpoint))
  const others = endpoints
    .filter((each) => each !== main && isUserDefined(each[0]))
    .map(([name, endpoint]) => attachment(name, endpoint, container))
  const first = attachment(isUserDefined(mode) ? (main?.[0] ?? mode) : mode, main?.[1], container)
  const isUsual = mode === 'default' && others.length === 0 && Object.keys(first).length === 1
  const links = isUserDefined(mode) ? main?.[1]?.Links : host.Links?.map(linkOf)
  return {
    networks: isUsual ? [] : [first, ...others],
    links: links ?? [],
    ...(Config.MacAddress && { macAddress: Config.MacAddress })
  }
}

function isMain(mode: string, name: string, endpoint: InspectedEndpoint | null): boolean {
  if (mode === 'default') return name === 'bridge' || name === 'nat'
  return name === mode || (endpoint?.NetworkID ?? '').startsWith(mode)
}

function attachment(
  name: string,
  endpoint: InspectedEndpoint | null | undefined,
  { Id }: InspectedContainer
): NetworkAttachment {
  // The engine adds the short id by itself.
  const aliases = (endpoint?.Aliases ?? []).filter((alias) => alias !== Id.slice(0, 12))
  const address = endpoint?.IPAMConfig
  const driverOptions = namedOf(endpoint?.DriverOpts)
  return {
    name,
    ...(aliases.length > 0 && isUserDefined(name) && { aliases }),
    ...(address?.IPv4Address && { ip: address.IPv4Address }),
    ...(address?.IPv6Address && { ip6: address.IPv6Address }),
    ...(address?.LinkLocalIPs &&
      address.LinkLocalIPs.length > 0 && { linkLocalIps: address.LinkLocalIPs }),
    ...(driverOptions.length > 0 && { driverOptions }),
    ...(endpoint?.GwPriority && { gatewayPriority: endpoint.GwPriority })
  }
}

/** `/other:/this/alias`, as the engine tells a link of the default network. */
function linkOf(text: string): string {
  const [other = '', path = ''] = text.split(':')
  const name = other.replace(/^\//, '')
  const alias = path.split('/').at(-1) ?? ''
  return alias === name || alias === '' ? name : `${name}:${alias}`
}
