/** What is measured of a container, in the order in which a series keeps it. */
export const METRICS = [
  'cpuPercent',
  'memoryBytes',
  'memoryLimitBytes',
  'receivedPerSecond',
  'sentPerSecond',
  'readPerSecond',
  'writtenPerSecond',
  'pids'
] as const

export type Metric = (typeof METRICS)[number]

/**
 * One moment of a container's life. NaN is what is not known: a rate at the first sample and across a restart, and what the engine
 * does not count (a host's network is nobody's own).
 * - `cpuPercent`: 100 is one CPU that is busy all the time
 * - `memoryBytes`: as docker counts it, without what the kernel can drop at once; `memoryLimitBytes`: its limit, else the machine's
 *   memory
 * - rates in bytes a second; `pids`: processes and threads
 */
export type StatsPoint = Readonly<Record<Metric, number>> & {
  /** The engine's clock, in ms since 1970. */
  readonly atMs: number
  /** Bytes since the container was started; NaN when not known. */
  readonly totals: StatsTotals
}

/** What went in and out since a container was started, in bytes; NaN when not known. */
export interface StatsTotals {
  readonly received: number
  readonly sent: number
  readonly read: number
  readonly written: number
}

/** A container's points, a column each; the columns are equally long, and the times grow. */
export type StatsSeries = Readonly<Record<Metric, Float32Array>> & { readonly atMs: Float64Array }

/** Points closer than this belong together; between others nobody watched, or nothing ran. The engine samples once a second. */
export const GAP_MS = 4000

/** How much of the past is kept for one container: an hour, at one point a second. */
export const KEPT_POINTS = 3600

/** The points that a list's small curves show. */
export const RECENT_POINTS = 60

/** How many containers one window may watch at a time. */
export const MOST_WATCHED = 2000

/** One message of `stats.watch`: what came since the last one. */
export interface StatsBatch {
  /** New points, oldest first. */
  readonly points: readonly (readonly [containerId: string, point: StatsPoint])[]
  /** What was kept of containers that are watched from now on, before any of their points. */
  readonly recent: readonly (readonly [containerId: string, points: readonly StatsPoint[]])[]
  /** Watched containers whose limits somebody changed. */
  readonly updated: readonly string[]
}
