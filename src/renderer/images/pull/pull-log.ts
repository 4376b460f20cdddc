import {
  pullProgress,
  type PullEvent,
  type PullLayer,
  type PullProgress
} from '../../../shared/images/pull'

/** The rate is the mean of so long, in ms. */
const RATE_MS = 3000

/** What is known of a pull. */
export interface PullLog extends PullProgress {
  /** Bytes a second of late; absent while nothing is downloaded. */
  readonly bytesPerSecond?: number
  /** What the engine said besides, such as the digest. */
  readonly lines: readonly string[]
  /** Where it is not the engine's own. */
  readonly platform?: string
}

/** Reads a pull's events. */
export class PullReader {
  readonly #layers = new Map<string, PullLayer>()
  readonly #lines: string[] = []
  #platform: string | undefined
  #samples: { readonly atMs: number; readonly bytes: number }[] = []

  accept(events: readonly PullEvent[]): void {
    for (const event of events) {
      if (event.kind === 'platform') {
        this.#platform = event.platform
        continue
      }
      if (event.kind === 'line') {
        this.#lines.push(event.text)
        continue
      }
      this.#layers.set(event.layer.id, event.layer)
      const { downloadedBytes } = pullProgress([...this.#layers.values()])
      this.#samples.push({ atMs: event.atMs, bytes: downloadedBytes })
      this.#samples = this.#samples.filter(({ atMs }) => atMs > event.atMs - RATE_MS)
    }
  }

  log(): PullLog {
    const layers = [...this.#layers.values()]
    const isDownloading = layers.some(({ state }) => state === 'downloading')
    const rate = isDownloading ? this.#rate() : undefined
    return {
      ...pullProgress(layers),
      lines: [...this.#lines],
      ...(this.#platform !== undefined && { platform: this.#platform }),
      ...(rate !== undefined && { bytesPerSecond: rate })
    }
  }

  #rate(): number | undefined {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    if (!first || !last || last.atMs - first.atMs < 200) return undefined
    return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000
  }
}
