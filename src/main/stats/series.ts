import {
  KEPT_POINTS,
  METRICS,
  RECENT_POINTS,
  type Metric,
  type StatsPoint,
  type StatsSeries
} from '../../shared/stats/model'

/** What is allocated first; it doubles until it holds all that is kept. */
const FIRST_POINTS = 64

interface Columns {
  readonly atMs: Float64Array
  readonly metrics: Readonly<Record<Metric, Float32Array>>
}

/** The last hour of one container, 40 bytes a point at most; the oldest points go first. */
export class SeriesBuffer {
  readonly #kept: number
  #columns: Columns
  #recent: StatsPoint[] = []
  /** Where the oldest point is, and how many there are. */
  #start = 0
  #length = 0

  constructor(kept = KEPT_POINTS) {
    this.#kept = kept
    this.#columns = makeColumns(Math.min(FIRST_POINTS, kept))
  }

  /** The last minute. */
  get recent(): readonly StatsPoint[] {
    return this.#recent
  }

  push(point: StatsPoint): void {
    this.#recent = [...this.#recent.slice(1 - RECENT_POINTS), point]
    const size = this.#columns.atMs.length
    if (this.#length === size && size < this.#kept) this.#grow(Math.min(2 * size, this.#kept))
    const { atMs, metrics } = this.#columns
    const at = (this.#start + this.#length) % atMs.length
    atMs[at] = point.atMs
    for (const metric of METRICS) metrics[metric][at] = point[metric]
    if (this.#length < atMs.length) this.#length += 1
    else this.#start = (this.#start + 1) % atMs.length
  }

  /** All of it, oldest first, in columns of its own. */
  series(): StatsSeries {
    const { atMs, metrics } = this.#unrolled(this.#length)
    return { atMs, ...metrics }
  }

  #grow(size: number): void {
    this.#columns = this.#unrolled(size)
    this.#start = 0
  }

  #unrolled(size: number): Columns {
    const columns = makeColumns(size)
    const { atMs, metrics } = this.#columns
    const copy = (from: Float32Array | Float64Array, to: Float32Array | Float64Array): void => {
      const end = Math.min(this.#start + this.#length, from.length)
      to.set(from.subarray(this.#start, end))
      to.set(from.subarray(0, this.#length - (end - this.#start)), end - this.#start)
    }
    copy(atMs, columns.atMs)
    for (const metric of METRICS) copy(metrics[metric], columns.metrics[metric])
    return columns
  }
}

function makeColumns(size: number): Columns {
  const metrics = METRICS.map((metric) => [metric, new Float32Array(size)])
  return {
    atMs: new Float64Array(size),
    metrics: Object.fromEntries(metrics) as Record<Metric, Float32Array>
  }
}
