/** Whether a text is an IPv4 address. Source: Go's `net.ParseIP` (no leading zeros). */
export function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part < 256)
}

/** Whether a text is an IPv6 address, without brackets and zone. */
export function isIpv6(text: string): boolean {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail) return isIpv4(tail[2] ?? '') && isIpv6(`${tail[1] ?? ''}0:0`)
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const whole = halves.length === 2 ? groups.length < 8 : groups.length === 8
  return whole && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
}

export function isIp(text: string): boolean {
  return isIpv4(text) || isIpv6(text)
}
