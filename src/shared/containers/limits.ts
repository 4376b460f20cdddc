/** What the engine can change of a container while it runs: its limits, and when it is started again. What is absent stays as it is. */
export interface LimitsChange {
  /** 6 MiB at least; a limit can be changed, not taken away. */
  readonly memoryBytes?: number | undefined
  /** Memory and swap together, so never less than the memory; -1 for no limit on swap. */
  readonly memorySwapBytes?: number | undefined
  /** What is kept for it when memory is short; below the memory limit. */
  readonly memoryReservationBytes?: number | undefined
  /** Billionths of a CPU: 1.5 CPUs are 1,500,000,000. */
  readonly nanoCpus?: number | undefined
  /** Weight against other containers when the CPUs are all busy; 1024 is the usual one. */
  readonly cpuShares?: number | undefined
  /** The CPUs that it may run on, such as `0-2,4`. */
  readonly cpusetCpus?: string | undefined
  /** The memory nodes that it may use, written like CPUs. */
  readonly cpusetMems?: string | undefined
  /** Weight against other containers for the disk, 10 to 1000. */
  readonly blkioWeight?: number | undefined
  /** Processes and threads; -1 for no limit. */
  readonly pidsLimit?: number | undefined
  readonly restartPolicy?: RestartPolicy | undefined
}

/** When the engine starts a container again by itself. */
export interface RestartPolicy {
  readonly name: 'no' | 'always' | 'unless-stopped' | 'on-failure'
  /** Only with `on-failure`; 0 or absent: as often as it fails. */
  readonly maximumRetryCount?: number | undefined
}

/** What an update did besides: the engine's warnings, such as that this kernel knows no weight for the disk. */
export interface UpdateResult {
  readonly warnings: readonly string[]
}

/** The least memory that an engine gives a container. Source: moby `daemon/daemon_unix.go` linuxMinMemory (6 MiB since 20.10). */
export const LEAST_MEMORY_BYTES = 6 * 1024 * 1024

/** The limits that a container has now; 0 where there is none. */
export interface CurrentLimits {
  readonly memoryBytes: number
  /** -1 for no limit on swap. */
  readonly memorySwapBytes: number
  readonly memoryReservationBytes: number
  readonly nanoCpus: number
  /** The older way to limit the CPU, in microseconds of each period; it excludes `nanoCpus`. */
  readonly cpuQuota: number
  readonly cpuShares: number
  readonly cpusetCpus: string
  readonly pidsLimit: number
  readonly restartPolicy: RestartPolicy
  /** Removed when it ends: it cannot have a restart policy. */
  readonly autoRemove: boolean
}

/** Reads the limits out of an inspect result; what is not there is no limit. Source: `GET /containers/{id}/json`, HostConfig. */
export function currentLimits(inspect: unknown): CurrentLimits {
  const host = record(record(inspect)['HostConfig'])
  const restart = record(host['RestartPolicy'])
  return {
    memoryBytes: count(host['Memory']),
    memorySwapBytes: host['MemorySwap'] === -1 ? -1 : count(host['MemorySwap']),
    memoryReservationBytes: count(host['MemoryReservation']),
    nanoCpus: count(host['NanoCpus']),
    cpuQuota: count(host['CpuQuota']),
    cpuShares: count(host['CpuShares']),
    cpusetCpus: typeof host['CpusetCpus'] === 'string' ? host['CpusetCpus'] : '',
    pidsLimit: count(host['PidsLimit']),
    restartPolicy: {
      name: policyName(restart['Name']),
      maximumRetryCount: count(restart['MaximumRetryCount'])
    },
    autoRemove: host['AutoRemove'] === true
  }
}

function policyName(name: unknown): RestartPolicy['name'] {
  // The engine keeps "no policy" as it was sent: by name, or empty.
  return name === 'always' || name === 'unless-stopped' || name === 'on-failure' ? name : 'no'
}

/** The engine says "none" by 0, by -1, or by nothing. */
function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
