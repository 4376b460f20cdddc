import type { Container } from '../../shared/containers/model'

/** A port of the host that the engine leads to a container: a node of the chart, beside the host. */
export interface PortNode {
  /** What stands on it: `:8080`, with its protocol where it is not TCP, with its address where it is not all of the host's. */
  readonly key: string
  readonly links: readonly { readonly hubKey: string }[]
  /** The key of the container that it leads to. */
  readonly nodeKey: string
  readonly containerId: string
  readonly containerPort: number
  readonly protocol: string
}

/** Addresses that stand for every address of the host. */
const EVERYWHERE = new Set(['', '0.0.0.0', '::'])

/** The published ports of these containers, by number; IPv4 and IPv6 of one port are one. */
export function portsOf(containers: readonly Container[], hostKey: string): PortNode[] {
  const ports = new Map<string, PortNode & { readonly hostPort: number }>()
  for (const { id, name, ports: bindings } of containers) {
    for (const { hostPort, hostIp = '', containerPort, protocol } of bindings) {
      if (hostPort === undefined) continue
      const address = EVERYWHERE.has(hostIp) ? '' : hostIp.includes(':') ? `[${hostIp}]` : hostIp
      const key = `${address}:${hostPort}${protocol === 'tcp' ? '' : `/${protocol}`}`
      if (ports.has(key)) continue
      ports.set(key, {
        key,
        links: [{ hubKey: hostKey }],
        nodeKey: name,
        containerId: id,
        containerPort,
        protocol,
        hostPort
      })
    }
  }
  return [...ports.values()].sort((a, b) => a.hostPort - b.hostPort || (a.key < b.key ? -1 : 1))
}

/** The ports of `80, 443 8080`; undefined where it is anything else. */
export function readPorts(text: string): number[] | undefined {
  const words = text.split(/[\s,;]+/).filter(Boolean)
  const ports = words.map((word) => (/^\d{1,5}$/.test(word) ? Number(word) : 0))
  if (ports.some((port) => port < 1 || port > 65_535) || ports.length > 32) return undefined
  return [...new Set(ports)]
}
