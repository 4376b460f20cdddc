import { readFile } from 'node:fs/promises'
import type { HostRoute } from '../../shared/networks/model'

/** What is needed of a network of the engine to know its bridge among the machine's devices. */
interface Bridged {
  readonly id: string
  readonly name: string
  readonly options?: Readonly<Record<string, string>>
}

/**
 * The routes of this machine that are not docker's own, where the engine runs on it: what a new network's range would hide. Empty on
 * a system without `/proc`, and where none of the engine's bridges is among them (then it is another machine, or another network
 * namespace). Source: `/proc/net/route`, `/proc/net/ipv6_route`.
 */
export async function readHostRoutes(networks: readonly Bridged[]): Promise<readonly HostRoute[]> {
  const [ipv4, ipv6] = await Promise.all(
    ['/proc/net/route', '/proc/net/ipv6_route'].map((path) =>
      readFile(path, 'utf8').catch(() => '')
    )
  )
  return routesBeside(networks, [...parseRoutes(ipv4 ?? ''), ...parseIpv6Routes(ipv6 ?? '')])
}

/** Those of `routes` that are not the engine's; none where the engine's bridges are not among them. */
export function routesBeside(
  networks: readonly Bridged[],
  routes: readonly HostRoute[]
): readonly HostRoute[] {
  const bridges = new Set(networks.map(bridgeOf))
  if (!routes.some(({ device }) => bridges.has(device))) return []
  return routes.filter(({ device }) => !bridges.has(device))
}

function bridgeOf({ id, name, options }: Bridged): string {
  const given = options?.['com.docker.network.bridge.name']
  return given ?? (name === 'bridge' ? 'docker0' : `br-${id.slice(0, 12)}`)
}

/** The lines of `/proc/net/route`: addresses and masks as little-endian hexadecimal numbers. The default route is left out. */
export function parseRoutes(text: string): HostRoute[] {
  return linesOf(text)
    .slice(1)
    .flatMap(([device = '', destination = '', , , , , , mask = '']) => {
      const bits = bitsOf(mask)
      if (bits === 0 || device === 'lo' || !/^[0-9A-F]{8}$/i.test(destination)) return []
      const bytes = destination.match(/../g) ?? []
      const address = bytes.map((byte) => parseInt(byte, 16)).reverse()
      return [{ range: `${address.join('.')}/${bits}`, device }]
    })
}

/** Every IPv6 device has these, and each address of the machine has a route of its own. */
const EVERYWHERE = /^(fe80|ff0)/i

/** The lines of `/proc/net/ipv6_route`; link-local ranges, single addresses and the default route are left out. */
export function parseIpv6Routes(text: string): HostRoute[] {
  return linesOf(text).flatMap((words) => {
    const [destination = '', hexBits = ''] = words
    const device = words.at(-1) ?? ''
    const bits = parseInt(hexBits, 16)
    const isOwn = device !== 'lo' && bits > 0 && bits < 128 && !EVERYWHERE.test(destination)
    if (!isOwn || !/^[0-9a-f]{32}$/i.test(destination)) return []
    return [{ range: `${(destination.match(/.{4}/g) ?? []).join(':')}/${bits}`, device }]
  })
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/))
}

function bitsOf(mask: string): number {
  const ones = parseInt(mask, 16).toString(2).replaceAll('0', '')
  return ones === 'NaN' ? 0 : ones.length
}
