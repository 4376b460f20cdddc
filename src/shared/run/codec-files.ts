import { readCsv, writeCsv } from './csv'
import { FlagError, type Codec } from './flag-error'
import type { MountSpec, NamedValue, TmpfsMount, VolumeBinding } from './model'
import { formatSize, parseSize } from './size'

/** Source: docker/cli `cli/compose/loader/volume.go`, `ParseVolume`. */
export const volume: Codec<VolumeBinding> = {
  read: (value) => {
    if (value === '') throw new FlagError('invalid empty volume spec')
    if (value.length <= 2) return { target: value }
    const parts = splitVolume(value)
    if (parts.includes(''))
      throw new FlagError(`invalid spec: ${value}: empty section between colons`)
    const [first = '', target, options, ...more] = parts
    if (more.length > 0) throw new FlagError(`invalid spec: ${value}: too many colons`)
    if (target === undefined) return { target: first }
    return { source: first, target, ...(options !== undefined && { options: options.split(',') }) }
  },
  write: ({ source, target, options }) => {
    const end = options === undefined ? '' : `:${options.join(',')}`
    return source === undefined ? target : `${source}:${target}${end}`
  }
}

/** Splits at colons that do not belong to a drive's letter of Windows. */
function splitVolume(value: string): string[] {
  const parts = ['']
  for (const char of value) {
    const last = parts.at(-1) ?? ''
    if (char === ':' && !/^\p{L}$/u.test(last)) parts.push('')
    else parts[parts.length - 1] = last + char
  }
  return parts
}

/** Whether a `--volume`'s source is a path of the host, not a volume's name. */
export function isPathSource(source: string): boolean {
  return /^[./~]|^\\\\|^\p{L}:/u.test(source)
}

export const tmpfs: Codec<TmpfsMount> = {
  read: (value) => {
    const at = value.indexOf(':')
    return at < 0 ? { target: value } : { target: value.slice(0, at), options: value.slice(at + 1) }
  },
  write: ({ target, options }) => (options === undefined ? target : `${target}:${options}`)
}

type Draft = { -readonly [K in keyof MountSpec]: MountSpec[K] }

const SET = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'])

/** Source: docker/cli `opts/mount.go`. */
export const mount: Codec<MountSpec> = {
  read: (value) => {
    const draft: Draft = { type: 'volume', target: '' }
    for (const field of readCsv(value)) {
      const at = field.indexOf('=')
      const key = (at < 0 ? field : field.slice(0, at)).toLowerCase()
      if (at < 0 && !SET.has(key))
        throw new FlagError(`invalid field '${field}' must be a key=value pair`)
      const read = MOUNT_FIELDS[key]
      if (!read) throw new FlagError(`unexpected key '${key}' in '${field}'`)
      read(draft, at < 0 ? 'true' : field.slice(at + 1), key)
    }
    checkMount(draft)
    return draft
  },
  write: (spec) => writeCsv([`type=${spec.type}`, ...mountFields(spec)])
}

type ReadField = (draft: Draft, value: string, key: string) => void

const readSource: ReadField = (draft, value) => (draft.source = value)
const readTarget: ReadField = (draft, value) => (draft.target = value)
const readReadOnly: ReadField = (draft, value, key) => (draft.readOnly = truth(value, key))

const MOUNT_FIELDS: Readonly<Record<string, ReadField>> = {
  type: (draft, value) => (draft.type = value.toLowerCase()),
  source: readSource,
  src: readSource,
  target: readTarget,
  dst: readTarget,
  destination: readTarget,
  readonly: readReadOnly,
  ro: readReadOnly,
  consistency: (draft, value) => (draft.consistency = value.toLowerCase()),
  'bind-propagation': (draft, value) => (draft.bindPropagation = value.toLowerCase()),
  'bind-nonrecursive': (draft, value, key) => {
    if (truth(value, key)) draft.bindRecursive = 'disabled'
  },
  'bind-recursive': (draft, value, key) => {
    if (value === 'enabled') delete draft.bindRecursive
    else if (value === 'disabled' || value === 'writable' || value === 'readonly')
      draft.bindRecursive = value
    else
      throw new FlagError(
        `invalid value for ${key}: ${value} (must be "enabled", "disabled", "writable", or "readonly")`
      )
  },
  'volume-subpath': (draft, value) => (draft.volumeSubpath = value),
  'volume-nocopy': (draft, value, key) => (draft.volumeNoCopy = truth(value, key)),
  'volume-label': (draft, value) => {
    draft.volumeLabels = added(draft.volumeLabels, value)
  },
  'volume-driver': (draft, value) => (draft.volumeDriver = value),
  'volume-opt': (draft, value) => {
    draft.volumeOptions = added(draft.volumeOptions, value)
  },
  'image-subpath': (draft, value) => (draft.imageSubpath = value),
  'tmpfs-size': (draft, value, key) => {
    const bytes = parseSize(value)
    if (bytes === undefined) throw new FlagError(`invalid value for ${key}: ${value}`)
    draft.tmpfsSize = bytes
  },
  'tmpfs-mode': (draft, value, key) => {
    if (!/^[0-7]{1,11}$/.test(value)) throw new FlagError(`invalid value for ${key}: ${value}`)
    draft.tmpfsMode = Number.parseInt(value, 8)
  }
}

const TRUTHS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, false]))
}

/** A truth as Go's `strconv.ParseBool` reads it. Nothing where it is none. */
export function readTruth(value: string): boolean | undefined {
  return TRUTHS[value]
}

function truth(value: string, key: string): boolean {
  const read = readTruth(value)
  if (read === undefined) throw new FlagError(`invalid value for ${key}: ${value}`)
  return read
}

function added(list: readonly NamedValue[] = [], pair: string): NamedValue[] {
  const at = pair.indexOf('=')
  const name = at < 0 ? pair : pair.slice(0, at)
  return [
    ...list.filter((each) => each.name !== name),
    { name, value: at < 0 ? '' : pair.slice(at + 1) }
  ]
}

function checkMount(spec: MountSpec): void {
  if (spec.type === '') throw new FlagError('type is required')
  if (spec.target === '') throw new FlagError('target is required')
  for (const kind of ['volume', 'image', 'bind', 'tmpfs'])
    if (kind !== spec.type && Object.keys(spec).some((key) => key.startsWith(kind)))
      throw new FlagError(`cannot mix '${kind}-*' options with mount type '${spec.type}'`)
  const { bindRecursive, readOnly = false, bindPropagation } = spec
  if ((bindRecursive === 'writable' || bindRecursive === 'readonly') && !readOnly)
    throw new FlagError(
      `option 'bind-recursive=${bindRecursive}' requires 'readonly' to be specified in conjunction`
    )
  if (bindRecursive === 'readonly' && bindPropagation !== 'rprivate')
    throw new FlagError(
      "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction"
    )
}

function mountFields(spec: MountSpec): string[] {
  const one = (key: string, value: string | undefined) =>
    value === undefined ? [] : [`${key}=${value}`]
  const many = (key: string, pairs: readonly NamedValue[] = []) =>
    pairs.map(({ name, value }) => `${key}=${name}=${value}`)
  const flag = (key: string, value: boolean | undefined) =>
    value === undefined ? [] : [value ? key : `${key}=false`]
  return [
    ...one('source', spec.source),
    `target=${spec.target}`,
    ...flag('readonly', spec.readOnly),
    ...one('consistency', spec.consistency),
    ...one('bind-propagation', spec.bindPropagation),
    ...one('bind-recursive', spec.bindRecursive),
    ...one('volume-subpath', spec.volumeSubpath),
    ...flag('volume-nocopy', spec.volumeNoCopy),
    ...many('volume-label', spec.volumeLabels),
    ...one('volume-driver', spec.volumeDriver),
    ...many('volume-opt', spec.volumeOptions),
    ...one('image-subpath', spec.imageSubpath),
    ...one('tmpfs-size', spec.tmpfsSize === undefined ? undefined : formatSize(spec.tmpfsSize)),
    ...one('tmpfs-mode', spec.tmpfsMode?.toString(8))
  ]
}
