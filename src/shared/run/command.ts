import { formatCommand } from '../command/quote'
import type { NetworkConnect } from './create-networks'
import { runArgv } from './format'
import { tidySpec, type NetworkAttachment, type RunSpec } from './model'

/** The flags of `docker run` that `docker create` has not. */
const RUN_ONLY: ReadonlySet<string> = new Set<keyof RunSpec>(['detach', 'detachKeys', 'sigProxy'])

/**
 * The line that creates what {@link runArgv} runs: `docker create`, and a `docker network connect` for each network that the engine could not
 * take at once. Secrets are not shown.
 */
export function createCommand(
  spec: RunSpec,
  connect: readonly NetworkConnect[],
  name: string
): string {
  const later = new Set(connect.map(({ network }) => network))
  const isLater = (network: NetworkAttachment, index: number) =>
    index > 0 && later.has(network.name)
  const { networks = [] } = spec
  const now = networks.filter((network, index) => !isLater(network, index))
  const kept = Object.entries(spec).filter(([field]) => !RUN_ONLY.has(field))
  const created = { ...(Object.fromEntries(kept) as unknown as RunSpec), networks: now }
  const [, , ...words] = runArgv(tidySpec(created), { maskSecrets: true })
  const connects = networks
    .filter(isLater)
    .map((network) => ['network', 'connect', ...connectFlags(network), network.name, name])
  return [['create', ...words], ...connects]
    .map((argv) => formatCommand(['docker', ...argv]))
    .join(' && ')
}

function connectFlags(network: NetworkAttachment): string[] {
  const { aliases = [], ip, ip6, linkLocalIps = [], driverOptions = [], gatewayPriority } = network
  return [
    ...aliases.flatMap((alias) => ['--alias', alias]),
    ...(ip === undefined ? [] : ['--ip', ip]),
    ...(ip6 === undefined ? [] : ['--ip6', ip6]),
    ...linkLocalIps.flatMap((address) => ['--link-local-ip', address]),
    ...driverOptions.flatMap(({ name, value }) => ['--driver-opt', `${name}=${value}`]),
    ...(gatewayPriority === undefined ? [] : ['--gw-priority', String(gatewayPriority)])
  ]
}
