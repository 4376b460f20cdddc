import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Whether a text is an IPv4 or IPv6 address, written in full (no `10.1`, no zone). */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined
}

/** The family of an address or a range by its text: only IPv6 has colons. */
export function isIpv6Text(text: string): boolean {
  return text.includes(':')
}

/** Whether a text is a range such as `10.5.0.0/24`. */
export function isRange(text: string): boolean {
  return parseRange(text) !== undefined
}

/** The range that a text means, with the bits behind its prefix zero; undefined where it is none. `10.5.0.9/24` means `10.5.0.0/24`. */
export function canonicalRange(text: string): string | undefined {
  const range = parseRange(text)
  return range && `${firstOf(text).toString()}/${range[1]}`
}

/** Whether two ranges have an address in common. What is no range has none. */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [parseRange(a), parseRange(b)]
  if (!left || !right || left[0].kind() !== right[0].kind()) return false
  return left[0].match(right[0], Math.min(left[1], right[1]))
}

/** Whether a range holds an address, or another range whole. */
export function contains(range: string, inner: string): boolean {
  const outer = parseRange(range)
  const [address, bits] = parseRange(inner) ?? [parseAddress(inner), Infinity]
  if (!outer || !address || address.kind() !== outer[0].kind()) return false
  return bits >= outer[1] && address.match(outer[0], outer[1])
}

/** Whether two texts are one address: `fd00::0:1` is `fd00::1`. */
export function isSameAddress(a: string, b: string): boolean {
  const [left, right] = [parseAddress(a), parseAddress(b)]
  return left !== undefined && right !== undefined && left.toString() === right.toString()
}

/** The address of a range that names the range itself, or reaches everybody in it: no container can have either. */
export function isReserved(range: string, address: string): boolean {
  const bits = parseRange(range)?.[1]
  if (bits === undefined) return false
  if (isSameAddress(firstOf(range).toString(), address)) return true
  if (isIpv6Text(range) || bits > 30) return false
  return isSameAddress(ipaddr.IPv4.broadcastAddressFromCIDR(range).toString(), address)
}

/** The first address that is not the range's own name: where nobody says otherwise, the engine gives it to the gateway. */
export function firstHost(range: string): string | undefined {
  if (!isRange(range)) return undefined
  const bytes = firstOf(range).toByteArray()
  return ipaddr.fromByteArray([...bytes.slice(0, -1), (bytes.at(-1) ?? 0) | 1]).toString()
}

function firstOf(range: string): Address {
  return isIpv6Text(range)
    ? ipaddr.IPv6.networkAddressFromCIDR(range)
    : ipaddr.IPv4.networkAddressFromCIDR(range)
}

function parseAddress(text: string): Address | undefined {
  // The library takes octal and hexadecimal numbers too, which the engine does not.
  const isWhole = isIpv6Text(text)
    ? ipaddr.IPv6.isValid(text) && !text.includes('%')
    : ipaddr.IPv4.isValidFourPartDecimal(text)
  return isWhole ? ipaddr.parse(text) : undefined
}

function parseRange(text: string): [Address, number] | undefined {
  const [address = '', bits = ''] = text.split('/')
  if (!isAddress(address) || !/^\d{1,3}$/.test(bits)) return undefined
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined
}
