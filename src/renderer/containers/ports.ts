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
