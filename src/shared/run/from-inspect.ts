import { formatCommand } from '../command/quote'
import { hostSpec } from './from-inspect-host'
import { namedOf, optional } from './from-inspect-values'
import { mountSpec } from './from-inspect-mounts'
import { networkSpec } from './from-inspect-networks'
import { portSpec } from './from-inspect-ports'
import type {
  EngineDefaults,
  InspectedConfig,
  InspectedContainer,
  InspectedHealth
} from './inspect-model'
import { tidySpec, type EnvVariable, type RunSpec } from './model'

export interface DescribeOptions {
  readonly defaults?: EngineDefaults
  /** What becomes of its anonymous volumes: `anew` makes empty ones, `keep` names those that it has, so that their data is there again. */
  readonly anonymousVolumes?: 'anew' | 'keep'
}

const USUAL: EngineDefaults = { runtime: 'runc', logDriver: 'json-file', cgroupVersion: '1' }

/**
 * The spec that makes a container again: what differs from its image's configuration and from the engine's defaults. An image that is not
 * there any more is taken to say nothing, so that everything is written out. Not told by an engine: --env-file, --pull, --platform and
 * other things of the moment. Source: `GET /containers/{id}/json`, `GET /images/{id}/json`.
 */
export function fromInspect(
  container: InspectedContainer,
  image: { readonly Config?: InspectedConfig | null } | undefined,
  { defaults = USUAL, anonymousVolumes = 'anew' }: DescribeOptions = {}
): RunSpec {
  const own = container.Config
  const from = image?.Config ?? {}
  return tidySpec({
    image: own.Image ?? '',
    name: container.Name.replace(/^\//, ''),
    ...attachSpec(own),
    ...commandSpec(own, from),
    env: envOf(own, from),
    labels: namedOf(own.Labels).filter(({ name, value }) => from.Labels?.[name] !== value),
    ...optional('user', own.User, from.User ?? ''),
    ...optional('workdir', own.WorkingDir, from.WorkingDir ?? ''),
    ...optional('stopSignal', own.StopSignal, from.StopSignal ?? ''),
    ...(typeof own.StopTimeout === 'number' &&
      own.StopTimeout !== from.StopTimeout && { stopTimeout: own.StopTimeout }),
    ...hostnameSpec(container),
    ...healthSpec(own.Healthcheck, from.Healthcheck),
    ...portSpec(container, from),
    ...mountSpec(container, from, anonymousVolumes),
    ...networkSpec(container),
    ...hostSpec(container.HostConfig, defaults)
  })
}

function attachSpec(own: InspectedConfig): Partial<RunSpec> {
  const {
    AttachStdin: stdin = false,
    AttachStdout: stdout = false,
    AttachStderr: stderr = false
  } = own
  const attach = [
    ...(stdin && own.OpenStdin !== true ? (['stdin'] as const) : []),
    ...(stdout ? (['stdout'] as const) : []),
    ...(stderr ? (['stderr'] as const) : [])
  ]
  const detach = !stdin && !stdout && !stderr
  const isUsual = detach || (stdout && stderr && attach.length === 2)
  return {
    ...(own.OpenStdin === true && { interactive: true }),
    ...(own.Tty === true && { tty: true }),
    ...(detach && { detach }),
    ...(!isUsual && { attach: attach.length > 0 ? attach : ['stdin'] })
  }
}

/** The CLI gives the entrypoint one word: its other words go before the command's. */
function commandSpec(own: InspectedConfig, from: InspectedConfig): Partial<RunSpec> {
  const entrypoint = own.Entrypoint ?? []
  const command = own.Cmd ?? []
  const sameEntrypoint = isSame(entrypoint, from.Entrypoint ?? [])
  const sameCommand = isSame(command, from.Cmd ?? [])
  if (sameEntrypoint && sameCommand) return {}
  if (sameEntrypoint && command.length > 0) return { command }
  const [first = '', ...rest] = entrypoint
  return { entrypoint: first, command: [...rest, ...command] }
}

function envOf(own: InspectedConfig, from: InspectedConfig): EnvVariable[] {
  const inherited = new Set(from.Env)
  const names = new Set(own.Env?.map(nameOf))
  const added = (own.Env ?? [])
    .filter((line) => !inherited.has(line))
    .map((line): EnvVariable => {
      const name = nameOf(line)
      return line === name ? { name } : { name, value: line.slice(name.length + 1) }
    })
  // A name alone takes the image's variable away, where the environment has none.
  const removed = (from.Env ?? []).map(nameOf).filter((name) => !names.has(name))
  return [...added, ...removed.map((name) => ({ name }))]
}

function nameOf(line: string): string {
  return line.split('=', 1)[0] ?? ''
}

/** The engine draws a host's name from the id; one that shares another's network has that one's. */
function hostnameSpec({ Id, Config, HostConfig }: InspectedContainer): Partial<RunSpec> {
  if (HostConfig.NetworkMode?.startsWith('container:')) return {}
  return {
    ...optional('hostname', Config.Hostname, Id.slice(0, 12)),
    ...optional('domainname', Config.Domainname, '')
  }
}

function healthSpec(
  own: InspectedHealth | null | undefined,
  from: InspectedHealth | null | undefined
): Partial<RunSpec> {
  const [kind, ...words] = own?.Test ?? []
  if (kind === 'NONE')
    return isSame(own?.Test ?? [], from?.Test ?? []) ? {} : { noHealthcheck: true }
  const isOwn = kind !== undefined && !isSame(own?.Test ?? [], from?.Test ?? [])
  return {
    ...(isOwn && { healthCommand: kind === 'CMD' ? formatCommand(words) : words.join(' ') }),
    ...optional('healthInterval', own?.Interval, from?.Interval ?? 0),
    ...optional('healthTimeout', own?.Timeout, from?.Timeout ?? 0),
    ...optional('healthStartPeriod', own?.StartPeriod, from?.StartPeriod ?? 0),
    ...optional('healthStartInterval', own?.StartInterval, from?.StartInterval ?? 0),
    ...optional('healthRetries', own?.Retries, from?.Retries ?? 0)
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index])
}
