import { readCsv, writeCsv } from './csv'
import { FlagError, type Codec } from './flag-error'
import type { DeviceLimit, DeviceMapping, GpuRequest, Ulimit } from './model'
import { formatSize, parseSize } from './size'

const ULIMITS = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' '
  )
)

/** Source: docker/go-units `ParseUlimit`. */
export const ulimit: Codec<Ulimit> = {
  read: (value) => {
    const at = value.indexOf('=')
    if (at < 0) throw new FlagError(`invalid ulimit argument: ${value}`, 'write NAME=SOFT[:HARD]')
    const name = value.slice(0, at)
    if (!ULIMITS.has(name)) throw new FlagError(`invalid ulimit type: ${name}`)
    const limits = value.slice(at + 1).split(':')
    if (limits.length > 2)
      throw new FlagError(
        `too many limit value arguments - ${value.slice(at + 1)}, can only have up to two, \`soft[:hard]\``
      )
    if (!limits.every((limit) => /^[+-]?\d+$/.test(limit)))
      throw new FlagError(`“${value.slice(at + 1)}” is not a whole number`)
    const [soft = 0, hard = soft] = limits.map(Number)
    if (hard !== -1 && (soft === -1 || soft > hard))
      throw new FlagError(
        `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`
      )
    return { name, soft, hard }
  },
  write: ({ name, soft, hard }) => `${name}=${soft}${soft === hard ? '' : `:${hard}`}`
}

const CDI_NAME = /^[A-Za-z][\w.-]*\/[A-Za-z][\w-]*=[A-Za-z0-9][\w.:-]*$/

/** Whether a device is a name of the Container Device Interface, such as `nvidia.com/gpu=all`, and no path. */
export function isCdiName(path: string): boolean {
  return CDI_NAME.test(path)
}

/** Source: docker/cli `validateLinuxPath` and `parseLinuxDevice`. */
export const device: Codec<DeviceMapping> = {
  read: (value) => {
    if (isCdiName(value)) return { hostPath: value }
    const [hostPath = '', second, third, ...more] = value.split(':')
    if (hostPath === '' || more.length > 0) throw new FlagError(`bad format for path: ${value}`)
    const isMode = third === undefined && second !== undefined && isDeviceMode(second)
    const containerPath = isMode ? undefined : second
    const permissions = isMode ? second : third
    if (permissions !== undefined && !isDeviceMode(permissions))
      throw new FlagError(`bad mode specified: ${permissions}`)
    const checkedPath = containerPath ?? hostPath
    if (!checkedPath.startsWith('/')) throw new FlagError(`${checkedPath} is not an absolute path`)
    return {
      hostPath: containerPath === undefined ? cleanPath(hostPath) : hostPath,
      ...(containerPath !== undefined && {
        containerPath: permissions === undefined ? cleanPath(containerPath) : containerPath
      }),
      ...(permissions !== undefined && { permissions })
    }
  },
  write: ({ hostPath, containerPath, permissions }) =>
    [hostPath, containerPath, permissions].filter((part) => part !== undefined).join(':')
}

function isDeviceMode(mode: string): boolean {
  return /^[rwm]{1,3}$/.test(mode) && new Set(mode).size === mode.length
}

/** An absolute path without `.`, `..` and doubled slashes, as Go's `path.Clean`. */
function cleanPath(path: string): string {
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  }
  return `/${kept.join('/')}`
}

function limit(rate: Codec<number>): Codec<DeviceLimit> {
  return {
    read: (value) => {
      const at = value.indexOf(':')
      if (at <= 0) throw new FlagError(`bad format: ${value}`)
      const path = value.slice(0, at)
      if (!path.startsWith('/dev/')) throw new FlagError(`bad format for device path: ${value}`)
      return { path, rate: rate.read(value.slice(at + 1)) }
    },
    write: ({ path, rate: amount }) => `${path}:${rate.write(amount)}`
  }
}

export const bytesLimit = limit({
  read: (value) => {
    const bytes = parseSize(value)
    if (bytes === undefined)
      throw new FlagError(
        `invalid rate for device: ${value}. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb`
      )
    return bytes
  },
  write: formatSize
})

export const operationsLimit = limit({
  read: (value) => {
    if (!/^\d+$/.test(value))
      throw new FlagError(
        `invalid rate for device: ${value}. The correct format is <device-path>:<number>. Number must be a positive integer`
      )
    return Number(value)
  },
  write: String
})

export const weightLimit = limit({
  read: (value) => {
    const weight = Number(value)
    if (!/^\d+$/.test(value) || (weight > 0 && (weight < 10 || weight > 1000)))
      throw new FlagError(`invalid weight for device: ${value}`, '0, or from 10 to 1000')
    return weight
  },
  write: String
})

type Draft = { -readonly [K in keyof GpuRequest]: GpuRequest[K] }

/** Source: docker/cli `opts/gpus.go`. */
export const gpus: Codec<GpuRequest> = {
  read: (value) => {
    const draft: Draft = {}
    const seen = new Set<string>()
    for (const field of readCsv(value)) {
      const at = field.indexOf('=')
      const key = at < 0 ? field : field.slice(0, at)
      if (seen.has(key)) throw new FlagError(`gpu request key '${key}' can be specified only once`)
      seen.add(key)
      if (at < 0) draft.count = countOf(key)
      else readGpuField(draft, key, field.slice(at + 1), field)
    }
    if (draft.count === undefined && draft.deviceIds === undefined) draft.count = 1
    return draft
  },
  write: (request) => {
    const fields = gpuFields(request)
    const count = request.count === -1 ? 'all' : String(request.count)
    if (request.count === undefined) return writeCsv(fields)
    return fields.length === 0 ? count : writeCsv([`count=${count}`, ...fields])
  }
}

function readGpuField(draft: Draft, key: string, value: string, field: string): void {
  if (key === 'driver') draft.driver = value
  else if (key === 'count') draft.count = countOf(value)
  else if (key === 'device') draft.deviceIds = value.split(',')
  else if (key === 'capabilities') draft.capabilities = value.split(',')
  else if (key === 'options')
    draft.options = readCsv(value).map((pair) => {
      const at = pair.indexOf('=')
      return at < 0
        ? { name: pair, value: '' }
        : { name: pair.slice(0, at), value: pair.slice(at + 1) }
    })
  else throw new FlagError(`unexpected key '${key}' in '${field}'`)
}

function countOf(value: string): number {
  if (value === 'all') return -1
  if (!/^[+-]?\d+$/.test(value))
    throw new FlagError(
      `invalid count (${value}): value must be either "all" or an integer`,
      'write all, a number, or device=...'
    )
  return Number(value)
}

function gpuFields({ driver, deviceIds, capabilities, options }: GpuRequest): string[] {
  return [
    ...(driver === undefined ? [] : [`driver=${driver}`]),
    ...(deviceIds ? [`device=${deviceIds.join(',')}`] : []),
    ...(capabilities ? [`capabilities=${capabilities.join(',')}`] : []),
    ...(options
      ? [`options=${writeCsv(options.map(({ name, value }) => `${name}=${value}`))}`]
      : [])
  ]
}
