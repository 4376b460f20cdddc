import { isPathSource, volume as volumeCodec } from './codec-files'
import { atLeast, refusal, type Surroundings } from './create-surroundings'
import type { MountSpec, NamedValue, RunProblem, RunSpec } from './model'

interface Volumes {
  readonly binds: readonly string[] | null
  /** Anonymous ones, by where they are in the container. */
  readonly anonymous: Readonly<Record<string, object>>
  readonly problems: readonly RunProblem[]
}

/** What `--volume` becomes: binds and named volumes as the engine's own notation, anonymous ones as a part of the configuration. */
export function createVolumes({ volumes = [] }: RunSpec, around: Surroundings): Volumes {
  const problems: RunProblem[] = []
  const binds = new Set<string>()
  const anonymous: Record<string, object> = {}
  for (const each of volumes) {
    if (each.source === undefined) {
      anonymous[each.target] = {}
      continue
    }
    const source = isPathSource(each.source) ? absolute(each.source, around) : each.source
    if (source === undefined) problems.push(relative('--volume', each.source))
    else binds.add(volumeCodec.write({ ...each, source }))
  }
  return { binds: binds.size > 0 ? [...binds] : null, anonymous, problems }
}

interface Mounts {
  readonly mounts: readonly object[]
  readonly problems: readonly RunProblem[]
}

/** What `--mount` and `--use-api-socket` become. */
export function createMounts(
  { mounts = [], useApiSocket = false }: RunSpec,
  around: Surroundings
): Mounts {
  const problems = mounts.flatMap((each) => mountProblems(each, around))
  const made = mounts.map((each) => createMount(each, around))
  if (!useApiSocket) return { mounts: made, problems }
  if (around.apiSocket === undefined) {
    const message = 'flag --use-api-socket can only be used with unix sockets'
    return { mounts: made, problems: [...problems, refusal('--use-api-socket', message)] }
  }
  const socket = {
    Type: 'bind',
    Source: around.apiSocket,
    Target: '/var/run/docker.sock',
    BindOptions: {}
  }
  return { mounts: [...made, socket], problems }
}

function createMount(spec: MountSpec, around: Surroundings): object {
  const source = spec.source?.startsWith('.') ? absolute(spec.source, around) : spec.source
  return {
    Type: spec.type,
    ...(source !== undefined && { Source: source }),
    Target: spec.target,
    ...(spec.readOnly === true && { ReadOnly: true }),
    ...(spec.consistency && { Consistency: spec.consistency }),
    ...bindOptions(spec),
    ...volumeOptions(spec),
    ...(spec.imageSubpath !== undefined && { ImageOptions: { Subpath: spec.imageSubpath } }),
    ...tmpfsOptions(spec)
  }
}

function bindOptions({ bindPropagation, bindRecursive }: MountSpec): object {
  if (bindPropagation === undefined && bindRecursive === undefined) return {}
  return {
    BindOptions: {
      ...(bindPropagation && { Propagation: bindPropagation }),
      ...(bindRecursive === 'disabled' && { NonRecursive: true }),
      ...(bindRecursive === 'writable' && { ReadOnlyNonRecursive: true }),
      ...(bindRecursive === 'readonly' && { ReadOnlyForceRecursive: true })
    }
  }
}

function volumeOptions(spec: MountSpec): object {
  const { volumeNoCopy, volumeLabels, volumeDriver, volumeOptions: options, volumeSubpath } = spec
  const given = [volumeNoCopy, volumeLabels, volumeDriver, options, volumeSubpath]
  if (given.every((value) => value === undefined)) return {}
  return {
    VolumeOptions: {
      ...(volumeNoCopy === true && { NoCopy: true }),
      Labels: recordOf(volumeLabels),
      ...(volumeSubpath && { Subpath: volumeSubpath }),
      DriverConfig: {
        ...(volumeDriver && { Name: volumeDriver }),
        ...(options && { Options: recordOf(options) })
      }
    }
  }
}

function tmpfsOptions({ tmpfsSize, tmpfsMode }: MountSpec): object {
  if (tmpfsSize === undefined && tmpfsMode === undefined) return {}
  return {
    TmpfsOptions: {
      ...(tmpfsSize && { SizeBytes: tmpfsSize }),
      ...(tmpfsMode && { Mode: tmpfsMode })
    }
  }
}

function mountProblems(spec: MountSpec, around: Surroundings): RunProblem[] {
  const { source = '' } = spec
  const needs = (version: string, what: string, given: boolean) =>
    given && !atLeast(around, version)
      ? [refusal(`--mount ${what}`, `${what} requires API v${version} or later`)]
      : []
  return [
    ...(source.startsWith('.') && around.folder === undefined ? [relative('--mount', source)] : []),
    ...needs('1.44', 'bind-recursive=readonly', spec.bindRecursive === 'readonly'),
    ...needs('1.45', 'volume-subpath', spec.volumeSubpath !== undefined),
    ...needs('1.48', 'type=image', spec.type === 'image')
  ]
}

/** A source that begins with a dot, in its folder; nothing where that is not known. */
function absolute(source: string, { folder }: Surroundings): string | undefined {
  if (source.startsWith('~')) return undefined
  if (!source.startsWith('.')) return source
  if (folder === undefined) return undefined
  const kept = folder.split('/').filter((part) => part !== '')
  for (const part of source.split('/')) {
    if (part === '..') kept.pop()
    else if (part !== '.' && part !== '') kept.push(part)
  }
  return `/${kept.join('/')}`
}

function relative(flag: string, source: string): RunProblem {
  return refusal(
    `${flag} ${source}`,
    `${source} does not say where it begins`,
    'write the whole path, from the root on'
  )
}

function recordOf(pairs: readonly NamedValue[] = []): Record<string, string> {
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]))
}
