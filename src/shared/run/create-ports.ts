import { writeRange } from './codec-network'
import type { PortRange, RunSpec } from './model'

interface Ports {
  readonly exposed: Readonly<Record<string, object>> | undefined
  readonly bindings: Readonly<Record<string, readonly { HostIp: string; HostPort: string }[]>>
}

/** Every port of the container that is published or exposed, and where the host has it. Source: docker/go-connections `nat`. */
export function createPorts({ publish = [], expose = [] }: RunSpec): Ports {
  const exposed: Record<string, object> = {}
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {}
  for (const { hostIp = '', hostPorts, containerPorts, protocol } of publish) {
    const isSingle = containerPorts.first === containerPorts.last
    for (const port of portsOf(containerPorts)) {
      const key = `${port}/${protocol}`
      const shifted = hostPorts && String(hostPorts.first + port - containerPorts.first)
      // The engine takes a free one of the range.
      const host = hostPorts && isSingle ? writeRange(hostPorts) : (shifted ?? '')
      exposed[key] = {}
      bindings[key] = [...(bindings[key] ?? []), { HostIp: hostIp, HostPort: host }]
    }
  }
  for (const { ports, protocol } of expose)
    for (const port of portsOf(ports)) exposed[`${port}/${protocol}`] = {}
  return { exposed: Object.keys(exposed).length > 0 ? exposed : undefined, bindings }
}

function portsOf({ first, last }: PortRange): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
