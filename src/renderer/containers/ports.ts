import type { PortBinding } from '../../shared/containers/model'

/** One port as docker writes it: `8080→80/tcp`, or `80/tcp` for one that is not published. */
export function formatPort(port: PortBinding): string {
  const inside = `${port.containerPort}/${port.protocol}`
  if (port.hostPort === undefined) return inside
  const ip = port.hostIp && !EVERY_ADDRESS.has(port.hostIp) ? `${port.hostIp}:` : ''
  return `${ip}${port.hostPort}→${inside}`
}

const EVERY_ADDRESS = new Set(['0.0.0.0', '::'])

/** All ports on one line; a port that is published on IPv4 and on IPv6 is one. */
export function formatPorts(ports: readonly PortBinding[]): string {
  return [...new Set(ports.map(formatPort))].join(', ')
}

/** Ports whose services speak TLS as a rule. */
const TLS_PORTS = new Set([443, 8443, 9443])

/** Where a published TCP port is reached, as a web page; `engineHost` is the machine of the engine. */
export function portUrl(port: PortBinding, engineHost: string): string | undefined {
  if (port.hostPort === undefined || port.protocol !== 'tcp') return undefined
  const { hostIp = '' } = port
  const host = hostIp === '' || EVERY_ADDRESS.has(hostIp) ? engineHost : hostIp
  const scheme = TLS_PORTS.has(port.containerPort) ? 'https' : 'http'
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port.hostPort}/`
}
