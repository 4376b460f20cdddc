import type { StatsTotals } from './model'

/** One sample of the engine, with counters as they stand. What it does not tell is NaN. */
export interface StatsReading {
  readonly atMs: number
  /** NaN in the first sample of a stream, which has no earlier one to compare with. */
  readonly cpuPercent: number
  /** The counter behind it: it falls when the container was started anew. */
  readonly cpuTotal: number
  readonly memoryBytes: number
  readonly memoryLimitBytes: number
  readonly pids: number
  readonly totals: StatsTotals
}

type Json = Readonly<Record<string, unknown>>

/**
 * One line of a container's stats, in the docker CLI's arithmetic; undefined for the empty samples that an engine sends of a container
 * that does not run. Source: `GET /containers/{id}/stats`, and docker/cli cli/command/container/stats_helpers.go
 * (calculateCPUPercentUnix, calculateCPUPercentWindows, calculateMemUsageUnixNoCache, calculateNetwork, calculateBlockIO):
 * https://github.com/docker/cli/blob/v28.2.2/cli/command/container/stats_helpers.go
 */
export function toReading(sample: unknown): StatsReading | undefined {
  const json = record(sample)
  const atMs = timeMs(json['read'])
  if (!(atMs > 0)) return undefined
  const isWindows = number(json['num_procs']) > 0
  const memory = record(json['memory_stats'])
  return {
    atMs,
    cpuPercent: isWindows ? windowsCpu(json, atMs) : unixCpu(json),
    cpuTotal: cpuTotal(json['cpu_stats']),
    memoryBytes: isWindows ? number(memory['privateworkingset']) : usedMemory(memory),
    memoryLimitBytes: number(memory['limit']),
    pids: number(record(json['pids_stats'])['current']),
    totals: { ...network(json), ...(isWindows ? windowsDisk(json) : unixDisk(json)) }
  }
}

/** The share of all CPUs' time since the sample before, times the number of CPUs. */
function unixCpu(json: Json): number {
  const now = record(json['cpu_stats'])
  const before = record(json['precpu_stats'])
  const used = cpuTotal(now) - cpuTotal(before)
  const passed = number(now['system_cpu_usage']) - number(before['system_cpu_usage'])
  // A counter that fell was started anew.
  if (!(passed > 0) || !(used >= 0)) return Number.NaN
  return (used / passed) * onlineCpus(now) * 100
}

/** Before API 1.27 their number is not told, and there is a figure for each. */
function onlineCpus(cpu: Json): number {
  const online = number(cpu['online_cpus'])
  if (online > 0) return online
  const each = record(cpu['cpu_usage'])['percpu_usage']
  return Array.isArray(each) ? each.length : Number.NaN
}

/** There it is counted in units of 100 ns, of each processor. */
function windowsCpu(json: Json, atMs: number): number {
  const possible = (atMs - timeMs(json['preread'])) * 10_000 * number(json['num_procs'])
  const used = cpuTotal(json['cpu_stats']) - cpuTotal(json['precpu_stats'])
  if (!(timeMs(json['preread']) > 0) || !(possible > 0) || !(used >= 0)) return Number.NaN
  return (used / possible) * 100
}

function cpuTotal(cpu: unknown): number {
  return number(record(record(cpu)['cpu_usage'])['total_usage'])
}

/**
 * Without the file pages that the kernel drops first: cgroup v1 counts them as `total_inactive_file`, v2 as `inactive_file`. (v1 has
 * the latter too, without those of groups below.)
 */
function usedMemory(memory: Json): number {
  const usage = number(memory['usage'])
  const stats = record(memory['stats'])
  const first = number(stats['total_inactive_file'])
  if (first < usage) return usage - first
  const second = number(stats['inactive_file'])
  return second < usage ? usage - second : usage
}

function network(json: Json): Pick<StatsTotals, 'received' | 'sent'> {
  const cards = Object.values(record(json['networks'])).map(record)
  return {
    received: sum(cards.map((card) => number(card['rx_bytes']))),
    sent: sum(cards.map((card) => number(card['tx_bytes'])))
  }
}

function unixDisk(json: Json): Pick<StatsTotals, 'read' | 'written'> {
  const found = record(json['blkio_stats'])['io_service_bytes_recursive']
  // Null or empty before the first byte; absent is not known.
  if (found === undefined) return { read: Number.NaN, written: Number.NaN }
  const entries = Array.isArray(found) ? found.map(record) : []
  const bytes = (letter: string): number =>
    entries
      .filter(({ op }) => typeof op === 'string' && op.toLowerCase().startsWith(letter))
      .reduce((all, { value }) => all + (typeof value === 'number' ? value : 0), 0)
  return { read: bytes('r'), written: bytes('w') }
}

function windowsDisk(json: Json): Pick<StatsTotals, 'read' | 'written'> {
  const storage = record(json['storage_stats'])
  return { read: number(storage['read_size_bytes']), written: number(storage['write_size_bytes']) }
}

/** NaN for none at all: a container on the host's network, or on none, counts nothing. */
function sum(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((all, value) => all + value, 0)
}

/** The engine's zero time, `0001-01-01T00:00:00Z`, is far below 0. */
function timeMs(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}
