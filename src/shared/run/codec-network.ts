import { isMac } from './codec-basic'
import { readCsv, writeCsv } from './csv'
import { FlagError, type Codec } from './flag-error'
import { isIp } from './ip'
import type {
  ExposedPort,
  ExtraHost,
  NamedValue,
  NetworkAttachment,
  PortRange,
  PublishedPort
} from './model'

const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const

/** Source: docker/go-connections `nat.ParsePortSpec`. */
export const publish: Codec<PublishedPort> = {
  read: (given) => {
    const value = given.includes('=') ? standardNotation(given) : given
    const parts = value.split(':')
    const containerText = parts.at(-1) ?? ''
    const hostText = parts.at(-2) ?? ''
    const [portText, protocolText] = splitProtocol(containerText)
    const hostIp = readHostIp(parts.slice(0, -2).join(':'))
    if (portText === '') throw new FlagError(`no port specified: ${given}<empty>`)
    const containerPorts = readRange(portText, `invalid containerPort: ${portText}`)
    const hostPorts =
      hostText === '' ? undefined : readRange(hostText, `invalid hostPort: ${hostText}`)
    if (
      hostPorts &&
      lengthOf(containerPorts) > 1 &&
      lengthOf(containerPorts) !== lengthOf(hostPorts)
    )
      throw new FlagError(
        `invalid ranges specified for container and host Ports: ${portText} and ${hostText}`
      )
    const protocol = PROTOCOLS.find((each) => each === protocolText.toLowerCase())
    if (protocol === undefined) throw new FlagError(`invalid proto: ${protocolText}`)
    return {
      ...(hostIp !== '' && { hostIp }),
      ...(hostPorts && { hostPorts }),
      containerPorts,
      protocol
    }
  },
  write: ({ hostIp, hostPorts, containerPorts, protocol }) => {
    const ip = hostIp === undefined ? '' : `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:`
    const host = hostPorts || ip !== '' ? `${hostPorts ? writeRange(hostPorts) : ''}:` : ''
    return ip + host + writeRange(containerPorts) + (protocol === 'tcp' ? '' : `/${protocol}`)
  }
}

export const expose: Codec<ExposedPort> = {
  read: (value) => {
    if (value.includes(':')) throw new FlagError(`invalid port format for --expose: ${value}`)
    const [portText, protocol] = splitProtocol(value)
    return { ports: readRange(portText, `invalid range format for --expose: ${value}`), protocol }
  },
  write: ({ ports, protocol }) => writeRange(ports) + (protocol === 'tcp' ? '' : `/${protocol}`)
}

/** `published=8080,target=80,protocol=udp`, in the usual notation. */
function standardNotation(value: string): string {
  const parameters: Record<string, string> = { protocol: 'tcp' }
  for (const part of value.split(',')) {
    const at = part.indexOf('=')
    if (at <= 0)
      throw new FlagError(`invalid publish opts format (should be name=value but got '${part}')`)
    parameters[part.slice(0, at)] = part.slice(at + 1)
  }
  const { published = '', target = '', protocol } = parameters
  return `${published}:${target}/${protocol}`
}

function splitProtocol(text: string): readonly [port: string, protocol: string] {
  const [port = '', protocol = ''] = text.split('/')
  return [port, protocol === '' ? 'tcp' : protocol]
}

function readHostIp(text: string): string {
  const ip = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  if (ip !== '' && !isIp(ip)) {
    const hint = ip === 'localhost' ? 'write 127.0.0.1 for this machine alone' : undefined
    throw new FlagError(`invalid IP address: ${text}`, hint)
  }
  return ip
}

function readRange(text: string, why: string): PortRange {
  const [first = Number.NaN, last = first] = text.split('-').map(portNumber)
  if (!(first <= last)) throw new FlagError(why)
  return { first, last }
}

function portNumber(text: string): number {
  return /^\d{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : Number.NaN
}

function lengthOf({ first, last }: PortRange): number {
  return last - first + 1
}

/** `80`, or `8000-8010`. */
export function writeRange({ first, last }: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`
}

/** As the CLI tells the long notation from a network's name. */
const LONG_NOTATION = /\w+=\w+(,\w+=\w+)*/

type Draft = { -readonly [K in keyof NetworkAttachment]: NetworkAttachment[K] }

/** The CLI writes the whole of the long notation in lower case. Source: docker/cli `opts/network.go`. */
export const network: Codec<NetworkAttachment> = {
  read: (value) => {
    if (!LONG_NOTATION.test(value)) return { name: value }
    const draft: Draft = { name: '' }
    for (const field of readCsv(value)) readNetworkField(draft, field.toLowerCase())
    if (draft.name === '') throw new FlagError('network name/id is not specified')
    return draft
  },
  write: (attachment) => {
    const fields = networkFields(attachment)
    const isPlain = fields.length === 0 && !LONG_NOTATION.test(attachment.name)
    return isPlain ? attachment.name : writeCsv([`name=${attachment.name}`, ...fields])
  }
}

function readNetworkField(draft: Draft, field: string): void {
  const at = field.indexOf('=')
  if (at <= 0) throw new FlagError(`invalid field ${field}`)
  const key = field.slice(0, at).trim()
  const value = field.slice(at + 1).trim()
  if (key === 'name') draft.name = value
  else if (key === 'alias') draft.aliases = [...(draft.aliases ?? []), value]
  else if (key === 'ip') draft.ip = value
  else if (key === 'ip6') draft.ip6 = value
  else if (key === 'mac-address') draft.macAddress = macOf(value)
  else if (key === 'link-local-ip') draft.linkLocalIps = [...(draft.linkLocalIps ?? []), value]
  else if (key === 'driver-opt')
    draft.driverOptions = withOption(draft.driverOptions ?? [], driverOption(value))
  else if (key === 'gw-priority') draft.gatewayPriority = priorityOf(value)
  else throw new FlagError(`invalid field key ${key}`)
}

function macOf(value: string): string {
  if (!isMac(value)) throw new FlagError(`${value} is not a valid mac address`)
  return value
}

function priorityOf(value: string): number {
  if (!/^[+-]?\d+$/.test(value))
    throw new FlagError(`invalid gw-priority (${value}): invalid syntax`)
  return Number(value)
}

function driverOption(value: string): NamedValue {
  const at = value.indexOf('=')
  if (at <= 0) throw new FlagError('invalid key value pair format in driver options')
  return { name: value.slice(0, at).trim(), value: value.slice(at + 1).trim() }
}

/** The list with one more; a name that is there gets the new value. */
export function withOption(options: readonly NamedValue[], option: NamedValue): NamedValue[] {
  return [...options.filter(({ name }) => name !== option.name), option]
}

function networkFields(attachment: NetworkAttachment): string[] {
  const { aliases = [], ip, ip6, linkLocalIps = [], macAddress, driverOptions = [] } = attachment
  return [
    ...aliases.map((alias) => `alias=${alias}`),
    ...(ip === undefined ? [] : [`ip=${ip}`]),
    ...(ip6 === undefined ? [] : [`ip6=${ip6}`]),
    ...linkLocalIps.map((address) => `link-local-ip=${address}`),
    ...(macAddress === undefined ? [] : [`mac-address=${macAddress}`]),
    ...driverOptions.map(({ name, value }) => `driver-opt=${name}=${value}`),
    ...(attachment.gatewayPriority === undefined
      ? []
      : [`gw-priority=${attachment.gatewayPriority}`])
  ]
}

/** Source: docker/cli `opts/hosts.go`, `ValidateExtraHost`. */
export const extraHost: Codec<ExtraHost> = {
  read: (value) => {
    const at = value.includes('=') ? value.indexOf('=') : value.indexOf(':')
    const host = value.slice(0, Math.max(0, at))
    const given = value.slice(at + 1)
    if (host === '' || host.includes(':'))
      throw new FlagError(`bad format for add-host: "${value}"`, 'write HOST:ADDRESS')
    const address = /^\[.+\]$/.test(given) ? given.slice(1, -1) : given
    if (address !== 'host-gateway' && !isIp(address.trim()))
      throw new FlagError(`invalid IP address in add-host: "${given}"`)
    return { host, address }
  },
  write: ({ host, address }) => `${host}:${address}`
}
