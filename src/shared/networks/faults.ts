import { isPredefined, type HostRoute, type Network, type NetworkRange } from './model'
import {
  canonicalRange,
  contains,
  firstHost,
  isAddress,
  isIpv6Text,
  isRange,
  isReserved,
  isSameAddress,
  overlaps
} from './ranges'

/** Why a range or an address cannot be what a person wants, with what it collides with. */
export type AddressFault =
  | { readonly kind: 'not-a-range' | 'not-an-address' | 'needs-subnet' }
  /** The bits behind the prefix are not zero. */
  | { readonly kind: 'host-bits'; readonly range: string }
  | { readonly kind: 'overlaps-network'; readonly network: string; readonly range: string }
  | { readonly kind: 'overlaps-own'; readonly range: string }
  /** The engine would take it, and the machine would lose what is behind the route. */
  | { readonly kind: 'overlaps-route'; readonly route: string; readonly device: string }
  | { readonly kind: 'outside'; readonly range: string }
  | { readonly kind: 'reserved'; readonly range: string }
  | { readonly kind: 'is-gateway'; readonly network: string }
  | { readonly kind: 'taken'; readonly by: string }
  /** Nobody runs with it now; when its owner starts, one of the two cannot. */
  | { readonly kind: 'taken-when-started'; readonly by: string }
  | { readonly kind: 'no-ipv6' | 'wrong-family' | 'default-bridge' }

/** Whether the engine would take it all the same: a person may go on. */
export function isOnlyWarning({ kind }: AddressFault): boolean {
  return kind === 'overlaps-route' || kind === 'taken-when-started'
}

/** A range as it is typed; empty texts are not given. */
export interface RangeTexts {
  readonly subnet: string
  readonly gateway: string
  readonly ipRange: string
}

/** What is wrong with each part of a range. */
export type RangeFaults = { readonly [K in keyof RangeTexts]?: AddressFault }

/** What a new network must keep clear of. */
interface Around {
  /** The engine's networks whose ranges may not be taken again: those of the same scope. */
  readonly networks: readonly Pick<Network, 'name' | 'ranges'>[]
  readonly routes: readonly HostRoute[]
}

/** What is wrong with one of a new network's ranges; `others` are its further subnets. */
export function rangeFaults(
  { subnet, gateway, ipRange }: RangeTexts,
  others: readonly string[],
  around: Around
): RangeFaults {
  const ofSubnet = subnet === '' ? undefined : subnetFault(subnet, others, around)
  const isGood = subnet !== '' && isRange(subnet)
  const ofGateway = gateway === '' ? undefined : gatewayFault(gateway, isGood ? subnet : '')
  const ofRange = ipRange === '' ? undefined : ipRangeFault(ipRange, isGood ? subnet : '')
  return {
    ...(ofSubnet && { subnet: ofSubnet }),
    ...(ofGateway && { gateway: ofGateway }),
    ...(ofRange && { ipRange: ofRange })
  }
}

function subnetFault(
  subnet: string,
  others: readonly string[],
  { networks, routes }: Around
): AddressFault | undefined {
  const range = canonicalRange(subnet)
  if (range === undefined) return { kind: 'not-a-range' }
  if (!isSameAddress(addressOf(range), addressOf(subnet))) return { kind: 'host-bits', range }
  const own = others.find((other) => overlaps(other, subnet))
  if (own !== undefined) return { kind: 'overlaps-own', range: own }
  for (const { name, ranges } of networks) {
    const taken = ranges.find((each) => overlaps(each.subnet, subnet))
    if (taken) return { kind: 'overlaps-network', network: name, range: taken.subnet }
  }
  const route = routes.find((each) => overlaps(each.range, subnet))
  return route && { kind: 'overlaps-route', route: route.range, device: route.device }
}

function addressOf(range: string): string {
  return range.split('/')[0] ?? ''
}

function gatewayFault(gateway: string, subnet: string): AddressFault | undefined {
  if (!isAddress(gateway)) return { kind: 'not-an-address' }
  if (subnet === '') return { kind: 'needs-subnet' }
  if (!contains(subnet, gateway)) return { kind: 'outside', range: subnet }
  return isReserved(subnet, gateway) ? { kind: 'reserved', range: subnet } : undefined
}

function ipRangeFault(ipRange: string, subnet: string): AddressFault | undefined {
  if (!isRange(ipRange)) return { kind: 'not-a-range' }
  if (subnet === '') return { kind: 'needs-subnet' }
  return contains(subnet, ipRange) ? undefined : { kind: 'outside', range: subnet }
}

/** Who is on a network, with the addresses that it has there or asks for when it starts. */
export interface Holder {
  readonly name: string
  readonly addresses: readonly string[]
  /** Fixed ones; a container that does not run keeps them for its next start. */
  readonly fixed: readonly string[]
}

/** Why a container cannot have a fixed address on a network. */
export function fixedAddressFault(
  address: string,
  family: 'ipv4' | 'ipv6',
  network: Pick<Network, 'name' | 'ranges' | 'ipv6'>,
  holders: readonly Holder[]
): AddressFault | undefined {
  if (isPredefined(network)) return { kind: 'default-bridge' }
  if (!isAddress(address)) return { kind: 'not-an-address' }
  if (isIpv6Text(address) !== (family === 'ipv6')) return { kind: 'wrong-family' }
  if (family === 'ipv6' && !network.ipv6) return { kind: 'no-ipv6' }
  const ranges = network.ranges.filter(({ subnet }) => isIpv6Text(subnet) === isIpv6Text(address))
  const range = ranges.find(({ subnet }) => contains(subnet, address))
  if (!range) return outsideOf(ranges)
  if (isSameAddress(gatewayOf(range) ?? '', address))
    return { kind: 'is-gateway', network: network.name }
  if (isReserved(range.subnet, address)) return { kind: 'reserved', range: range.subnet }
  const has = (addresses: readonly string[]): boolean =>
    addresses.some((each) => isSameAddress(each, address))
  const owner = holders.find(({ addresses }) => has(addresses))
  if (owner) return { kind: 'taken', by: owner.name }
  const later = holders.find(({ fixed }) => has(fixed))
  return later && { kind: 'taken-when-started', by: later.name }
}

/** The engine tells the gateway of a range only where a person gave it. */
function gatewayOf({ subnet, gateway, ipRange }: NetworkRange): string | undefined {
  return gateway ?? (ipRange === undefined ? firstHost(subnet) : undefined)
}

function outsideOf(ranges: readonly NetworkRange[]): AddressFault {
  return ranges.length === 0
    ? { kind: 'needs-subnet' }
    : { kind: 'outside', range: ranges.map(({ subnet }) => subnet).join(', ') }
}
