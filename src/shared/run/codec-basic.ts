import { formatDuration, parseDuration } from './duration'
import { FlagError, type Codec } from './flag-error'
import { isIp, isIpv4, isIpv6 } from './ip'
import type { EnvVariable, NamedValue, RestartPolicy } from './model'
import { formatSize, parseSize } from './size'

/** Any text. */
export const text: Codec<string> = { read: (value) => value, write: (value) => value }

/** A text that passes `check`, which answers why it does not. */
export function checked(
  check: (value: string) => string | undefined,
  change: (value: string) => string = (value) => value
): Codec<string> {
  return {
    read: (value) => {
      const why = check(value)
      if (why !== undefined) throw new FlagError(why)
      return change(value)
    },
    write: text.write
  }
}

/** One of a few words. */
export function oneOf<T extends string>(words: readonly T[], why: string): Codec<T> {
  return {
    read: (value) => {
      const found = words.find((word) => word === value.toLowerCase())
      if (found === undefined) throw new FlagError(why)
      return found
    },
    write: text.write
  }
}

/** A whole number, also octal (`010`) and hexadecimal (`0x10`), as Go's flags read it. */
export function integer(least = -(2 ** 53), most = 2 ** 53): Codec<number> {
  return {
    read: (value) => {
      const digits = value.replace(/^([+-]?)0(?=[0-7])/, '$10o')
      const sign = digits.startsWith('-') ? -1 : 1
      const number = sign * Number(digits.replace(/^[+-]/, '') || Number.NaN)
      if (!Number.isInteger(number) || /[.e ]/i.test(digits.replace(/0x/i, '')))
        throw new FlagError(`“${value}” is not a whole number`)
      if (number < least || number > most)
        throw new FlagError(`“${value}” is not between ${least} and ${most}`)
      return number === 0 ? 0 : number
    },
    write: String
  }
}

const SIZE_HINT = 'write bytes, or a number with b, k, m or g, such as 512m'

export const size: Codec<number> = {
  read: (value) => {
    const bytes = parseSize(value)
    if (bytes === undefined) throw new FlagError(`invalid size: '${value}'`, SIZE_HINT)
    return bytes
  },
  write: formatSize
}

/** As {@link size}, and -1 for no limit. */
export const swap: Codec<number> = {
  read: (value) => (value === '-1' ? -1 : size.read(value)),
  write: formatSize
}

/** Nanoseconds. */
export const duration: Codec<number> = {
  read: (value) => {
    const nanoseconds = parseDuration(value)
    if (nanoseconds === undefined)
      throw new FlagError(`invalid duration "${value}"`, 'such as 30s, 1m30s or 500ms')
    return nanoseconds
  },
  write: formatDuration
}

export const cpus: Codec<number> = {
  read: (value) => {
    const [numerator, denominator] = value.split('/')
    const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?(\/\d+)?$/i.test(value)
    const count = Number(numerator) / Number(denominator ?? 1)
    if (!isNumber || !Number.isFinite(count))
      throw new FlagError(`failed to parse ${value} as a rational number`)
    const nano = Math.round(count * 1e9)
    if (Math.abs(count * 1e9 - nano) > 1e-6 * Math.max(1, count))
      throw new FlagError('value is too precise')
    return nano / 1e9
  },
  // Small ones would come with an exponent.
  write: (value) => (Math.abs(value) < 1e-6 ? value.toFixed(9) : String(value))
}

export const env: Codec<EnvVariable> = {
  read: (value) => {
    const at = value.indexOf('=')
    if (at === 0 || value === '') throw new FlagError(`invalid environment variable: ${value}`)
    return at < 0 ? { name: value } : { name: value.slice(0, at), value: value.slice(at + 1) }
  },
  write: ({ name, value }) => (value === undefined ? name : `${name}=${value}`)
}

/** `NAME=VALUE`; a name alone has an empty value, unless `check` minds. */
export function named(
  check: (pair: NamedValue, hasValue: boolean) => string | undefined
): Codec<NamedValue> {
  return {
    read: (value) => {
      const at = value.indexOf('=')
      const pair = {
        name: at < 0 ? value : value.slice(0, at),
        value: at < 0 ? '' : value.slice(at + 1)
      }
      const why = check(pair, at >= 0)
      if (why !== undefined) throw new FlagError(why)
      return pair
    },
    write: ({ name, value }) =>
      value === '' && check({ name, value }, false) === undefined ? name : `${name}=${value}`
  }
}

export const label = named(({ name }) => {
  const key = name.replace(/^[ \t]+/, '')
  if (key === '') return `invalid label '${name}': empty name`
  return /[ \t]/.test(key) ? `label '${key}' contains whitespaces` : undefined
})

const SYSCTL =
  /^(net\.|fs\.mqueue\.)|^kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)$/

export const sysctl = named(({ name }, hasValue) =>
  hasValue && SYSCTL.test(name) ? undefined : `sysctl '${name}' is not allowed`
)

export const storageOption = named((_, hasValue) =>
  hasValue ? undefined : 'invalid storage option'
)

export const anyNamed = named(() => undefined)

const POLICIES = ['no', 'always', 'on-failure', 'unless-stopped', '']

export const restart: Codec<RestartPolicy> = {
  read: (value) => {
    const at = value.indexOf(':')
    const policy = at < 0 ? value : value.slice(0, at)
    const retries = at < 0 ? '' : value.slice(at + 1)
    if (at === 0)
      throw new FlagError('invalid restart policy format: no policy provided before colon')
    if (!/^([+-]?\d+)?$/.test(retries))
      throw new FlagError('invalid restart policy format: maximum retry count must be an integer')
    if (!POLICIES.includes(policy))
      throw new FlagError(
        `invalid restart policy: unknown policy '${policy}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`
      )
    const maximumRetries = Number(retries)
    if (maximumRetries < 0)
      throw new FlagError('invalid restart policy: maximum retry count cannot be negative')
    if (maximumRetries > 0 && policy !== 'on-failure')
      throw new FlagError(
        "invalid restart policy: maximum retry count can only be used with 'on-failure'"
      )
    return maximumRetries > 0 ? { policy, maximumRetries } : { policy }
  },
  write: ({ policy, maximumRetries }) =>
    maximumRetries === undefined ? policy : `${policy}:${maximumRetries}`
}

export const ip = checked(
  (value) => (isIp(value.trim()) ? undefined : `IP address is not correctly formatted: ${value}`),
  (value) => value.trim()
)
export const ip4 = checked((value) =>
  isIpv4(value) ? undefined : `invalid IPv4 address: ${value}`
)
export const ip6 = checked((value) =>
  isIpv6(value) ? undefined : `invalid IPv6 address: ${value}`
)

const MAC =
  /^([0-9a-f]{2}([:-][0-9a-f]{2}){5}|[0-9a-f]{2}([:-][0-9a-f]{2}){7}|[0-9a-f]{4}(\.[0-9a-f]{4}){2,3})$/i

export const mac = checked((value) =>
  isMac(value) ? undefined : `${value} is not a valid mac address`
)

export function isMac(value: string): boolean {
  return MAC.test(value.trim())
}

const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?\s*$/i

export const dnsSearch = checked(
  (value) =>
    value.trim() === '.' ||
    (/[a-z]/i.test(value) && DOMAIN.test(value.trim()) && value.length < 255)
      ? undefined
      : `${value} is not a valid domain`,
  (value) => (value.trim() === '.' ? '.' : value.trim().replace(/\.$/, ''))
)

export const securityOption = checked((value) => {
  const [, name = '', rest = ''] = /^([^=:]*)[=:]?(.*)$/s.exec(value) ?? []
  return name === 'no-new-privileges' || (rest !== '' && name !== '')
    ? undefined
    : `Invalid --security-opt: "${value}"`
})

export const deviceCgroupRule = checked((value) =>
  /^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(value)
    ? undefined
    : `invalid device cgroup format '${value}'`
)

/** A namespace: empty, one of `words`, or `container:NAME`. */
export function namespace(
  words: readonly string[],
  withContainer: boolean,
  why: string
): Codec<string> {
  return checked((value) =>
    value === '' || words.includes(value) || (withContainer && /^container:./.test(value))
      ? undefined
      : why
  )
}
