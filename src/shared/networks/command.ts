import type { NetworkSpec } from './contract'

/** Each action on a network as the argument vector of the docker command that does the same; networks by name, or by id where two have one name. */
export const networkCommands = {
  connect: (
    network: string,
    container: string,
    options: {
      readonly aliases?: readonly string[] | undefined
      readonly ipv4Address?: string | undefined
      readonly ipv6Address?: string | undefined
    } = {}
  ): string[] => [
    'docker',
    'network',
    'connect',
    ...(options.aliases ?? []).flatMap((alias) => ['--alias', alias]),
    ...(options.ipv4Address ? ['--ip', options.ipv4Address] : []),
    ...(options.ipv6Address ? ['--ip6', options.ipv6Address] : []),
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
    // The CLI finds the subnet that a gateway and a range belong to by itself.
    ...spec.ranges.flatMap(({ subnet, gateway, ipRange }) => [
      '--subnet',
      subnet,
      ...(gateway ? ['--gateway', gateway] : []),
      ...(ipRange ? ['--ip-range', ipRange] : [])
    ]),
    ...Object.entries(spec.options).flatMap(([key, value]) => ['--opt', `${key}=${value}`]),
    ...Object.entries(spec.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    spec.name
  ],
  remove: (...networks: readonly string[]): string[] => [
    'docker',
    'network',
    'rm',
    ...operands(...networks)
  ]
}

/** Other clients may have given a network nearly any name: one that begins with a dash would be read as an option. */
function operands(...names: readonly string[]): string[] {
  return names.some((name) => name.startsWith('-')) ? ['--', ...names] : [...names]
}
