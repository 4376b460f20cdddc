import type { NetworkSpec } from './contract'

/** Each action on a network as the argument vector of the docker command that does the same; networks and containers by name. */
export const networkCommands = {
  connect: (
    network: string,
    container: string,
    options: {
      readonly aliases?: readonly string[] | undefined
      readonly ipv4Address?: string | undefined
    } = {}
  ): string[] => [
    'docker',
    'network',
    'connect',
    ...(options.aliases ?? []).flatMap((alias) => ['--alias', alias]),
    ...(options.ipv4Address ? ['--ip', options.ipv4Address] : []),
    ...operands(network, container)
  ],
  disconnect: (network: string, container: string, force = false): string[] => [
    'docker',
    'network',
    'disconnect',
    ...(force ? ['--force'] : []),
    ...operands(network, container)
  ],
  create: (spec: NetworkSpec): string[] => [
    'docker',
    'network',
    'create',
    // The CLI's default: a person would not write it.
    ...(spec.driver === 'bridge' ? [] : ['--driver', spec.driver]),
    ...(spec.internal ? ['--internal'] : []),
    ...(spec.attachable ? ['--attachable'] : []),
    ...(spec.ipv6 ? ['--ipv6'] : []),
    ...(spec.subnet ? ['--subnet', spec.subnet] : []),
    ...(spec.gateway ? ['--gateway', spec.gateway] : []),
    ...Object.entries(spec.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    spec.name
  ],
  remove: (network: string): string[] => ['docker', 'network', 'rm', ...operands(network)]
}

/** Other clients may have given a network nearly any name: one that begins with a dash would be read as an option. */
function operands(...names: readonly string[]): string[] {
  return names.some((name) => name.startsWith('-')) ? ['--', ...names] : [...names]
}
