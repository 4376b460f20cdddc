import { list, number, object, stringsOf, text, texts, time, type Json } from '../json/read'

/** One run of a container's health check. */
export interface HealthRun {
  readonly startedAtMs?: number
  readonly tookMs?: number
  readonly exitCode: number
  readonly output: string
}

/** A mount as an inspection tells it. */
export interface MountDetails {
  readonly kind: string
  readonly source: string
  readonly destination: string
  readonly readOnly: boolean
}

/** A network that it is on, or would be on if it ran. */
export interface NetworkDetails {
  readonly name: string
  readonly ipAddress: string
  readonly ipv6Address: string
  readonly macAddress: string
  readonly aliases: readonly string[]
}

/** What an inspection of a container tells beyond its row. Absent: the engine did not say. */
export interface ContainerDetails {
  readonly exitCode?: number
  readonly isOutOfMemory: boolean
  /** The engine's own words on why it could not be started or ended. */
  readonly error: string
  readonly pid?: number
  readonly startedAtMs?: number
  readonly finishedAtMs?: number
  /** Times that the engine started it again by its policy, since a person last did. */
  readonly restartCount: number
  /** As docker writes it: `on-failure:5`. */
  readonly restartPolicy: string
  readonly isAutoRemoved: boolean
  readonly memoryLimitBytes?: number
  readonly health?: {
    readonly status: string
    readonly failingStreak: number
    /** The newest first. */
    readonly runs: readonly HealthRun[]
  }
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly workingDir: string
  readonly user: string
  readonly hostname: string
  /** In the engine's order: `NAME=value`. */
  readonly env: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly mounts: readonly MountDetails[]
  readonly networks: readonly NetworkDetails[]
  readonly logDriver: string
  readonly platform: string
  readonly createdAtMs?: number
}

/** Reads `GET /containers/{id}/json`, whatever a version of the engine leaves out or writes as null. */
export function toDetails(inspected: unknown): ContainerDetails {
  const root = object(inspected)
  const state = object(root['State'])
  const config = object(root['Config'])
  const host = object(root['HostConfig'])
  const exitCode = number(state['ExitCode'])
  const pid = number(state['Pid'])
  const memory = number(host['Memory'])
  const health = toHealth(object(state['Health']))
  return {
    ...(exitCode !== undefined && { exitCode }),
    isOutOfMemory: state['OOMKilled'] === true,
    error: text(state['Error']),
    ...(pid && { pid }),
    ...time('startedAtMs', state['StartedAt']),
    ...time('finishedAtMs', state['FinishedAt']),
    restartCount: number(root['RestartCount']) ?? 0,
    restartPolicy: toPolicy(object(host['RestartPolicy'])),
    isAutoRemoved: host['AutoRemove'] === true,
    ...(memory && { memoryLimitBytes: memory }),
    ...(health && { health }),
    entrypoint: texts(config['Entrypoint']),
    command: texts(config['Cmd']),
    workingDir: text(config['WorkingDir']),
    user: text(config['User']),
    hostname: text(config['Hostname']),
    env: texts(config['Env']),
    labels: stringsOf(object(config['Labels'])),
    mounts: [...list(root['Mounts']).map(toMount), ...tmpfsOf(object(host['Tmpfs']))].sort((a, b) =>
      a.destination.localeCompare(b.destination)
    ),
    networks: Object.entries(object(object(root['NetworkSettings'])['Networks']))
      .map(([name, it]) => toNetwork(name, object(it), text(root['Id'])))
      .sort((a, b) => a.name.localeCompare(b.name)),
    logDriver: text(object(host['LogConfig'])['Type']),
    platform: text(root['Platform']),
    ...time('createdAtMs', root['Created'])
  }
}

function toHealth(health: Json): ContainerDetails['health'] {
  const status = text(health['Status'])
  // Some engines write "none" where nothing is checked.
  if (status === '' || status === 'none') return undefined
  const runs = list(health['Log']).map((run): HealthRun => {
    const { startedAtMs } = time('startedAtMs', run['Start'])
    const { endedAtMs } = time('endedAtMs', run['End'])
    return {
      ...(startedAtMs !== undefined && { startedAtMs }),
      ...(startedAtMs !== undefined &&
        endedAtMs !== undefined && { tookMs: Math.max(0, endedAtMs - startedAtMs) }),
      exitCode: number(run['ExitCode']) ?? 0,
      output: text(run['Output'])
    }
  })
  return {
    status,
    failingStreak: number(health['FailingStreak']) ?? 0,
    runs: runs.reverse()
  }
}

function toPolicy(policy: Json): string {
  const count = number(policy['MaximumRetryCount'])
  return (text(policy['Name']) || 'no') + (count ? `:${count}` : '')
}

function toMount(mount: Json): MountDetails {
  return {
    kind: text(mount['Type']) || 'bind',
    source: text(mount['Name']) || text(mount['Source']),
    destination: text(mount['Destination']),
    readOnly: mount['RW'] === false
  }
}

/** Those of `--tmpfs` are not among the mounts. */
function tmpfsOf(tmpfs: Json): MountDetails[] {
  return Object.entries(tmpfs).map(([destination, options]) => ({
    kind: 'tmpfs',
    source: text(options),
    destination,
    readOnly: text(options).split(',').includes('ro')
  }))
}

function toNetwork(name: string, it: Json, containerId: string): NetworkDetails {
  const aliases = [...texts(it['Aliases']), ...texts(it['DNSNames'])]
  return {
    name,
    ipAddress: text(it['IPAddress']),
    ipv6Address: text(it['GlobalIPv6Address']),
    macAddress: text(it['MacAddress']),
    // The engine adds its short id by itself.
    aliases: [...new Set(aliases)].filter((alias) => alias !== containerId.slice(0, 12))
  }
}
