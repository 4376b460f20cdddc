import type { InspectedConfig, InspectedContainer } from './inspect-model'
import type { ExposedPort, PortRange, PublishedPort, RunSpec } from './model'

/** What a container publishes and exposes, neighbouring ports as a range; those of the image and the published ones need no exposing. */
export function portSpec(container: InspectedContainer, from: InspectedConfig): Partial<RunSpec> {
  const bindings = container.HostConfig.PortBindings ?? {}
  const publish = Object.entries(bindings)
    .toSorted(byPort)
    .flatMap(([key, list]) => (list ?? []).map((each) => published(key, each)))
  const expose = Object.keys(container.Config.ExposedPorts ?? {})
    .filter((key) => !(key in bindings) && !(key in (from.ExposedPorts ?? {})))
    .toSorted((a, b) => byPort([a], [b]))
    .map((key): ExposedPort => ({ ports: rangeOf(portOf(key)), protocol: protocolOf(key) }))
  return {
    ...(container.HostConfig.PublishAllPorts === true && { publishAll: true }),
    publish: merged(publish, joinPublished),
    expose: merged(expose, joinExposed)
  }
}

function published(
  key: string,
  { HostIp, HostPort }: { HostIp?: string; HostPort?: string }
): PublishedPort {
  const [first, last = first] = (HostPort ?? '').split('-').map(Number)
  const protocol = protocolOf(key)
  return {
    ...(HostIp && { hostIp: HostIp }),
    ...(first && last && { hostPorts: { first, last } }),
    containerPorts: rangeOf(portOf(key)),
    protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp'
  }
}

/** Joins each with the one before where `join` can. */
function merged<T>(list: readonly T[], join: (before: T, next: T) => T | undefined): T[] {
  const result: T[] = []
  for (const each of list) {
    const before = result.at(-1)
    const joined = before === undefined ? undefined : join(before, each)
    if (joined === undefined) result.push(each)
    else result[result.length - 1] = joined
  }
  return result
}

function joinPublished(before: PublishedPort, next: PublishedPort): PublishedPort | undefined {
  const containerPorts = follow(before.containerPorts, next.containerPorts)
  const [host, nextHost] = [before.hostPorts, next.hostPorts]
  const hostPorts =
    host && nextHost && nextHost.first === nextHost.last ? follow(host, nextHost) : undefined
  const isAlike = before.hostIp === next.hostIp && before.protocol === next.protocol
  if (!containerPorts || !isAlike || !host || !hostPorts) return undefined
  if (lengthOf(host) !== lengthOf(before.containerPorts)) return undefined
  return { ...before, hostPorts, containerPorts }
}

function joinExposed(before: ExposedPort, next: ExposedPort): ExposedPort | undefined {
  const ports = follow(before.ports, next.ports)
  return ports && before.protocol === next.protocol ? { ...before, ports } : undefined
}

function follow(before: PortRange, next: PortRange): PortRange | undefined {
  return next.first === before.last + 1 ? { first: before.first, last: next.last } : undefined
}

function lengthOf({ first, last }: PortRange): number {
  return last - first + 1
}

function byPort(
  [a]: readonly [string, ...unknown[]],
  [b]: readonly [string, ...unknown[]]
): number {
  return protocolOf(a).localeCompare(protocolOf(b)) || portOf(a) - portOf(b)
}

function portOf(key: string): number {
  return Number.parseInt(key, 10)
}

function protocolOf(key: string): string {
  return key.split('/')[1] ?? 'tcp'
}

function rangeOf(port: number): PortRange {
  return { first: port, last: port }
}
