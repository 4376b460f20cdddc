import {
  pullProgress,
  type PullEvent,
  type PullLayer,
  type PullProgress
} from '../../../shared/images/pull'
import { Rate } from '../rate'

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
  readonly #rate = new Rate()

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
      this.#rate.add(event.atMs, downloadedBytes)
    }
  }

  log(): PullLog {
    const layers = [...this.#layers.values()]
    const isDownloading = layers.some(({ state }) => state === 'downloading')
    const rate = isDownloading ? this.#rate.bytesPerSecond() : undefined
    return {
      ...pullProgress(layers),
      lines: [...this.#lines],
      ...(this.#platform !== undefined && { platform: this.#platform }),
      ...(rate !== undefined && { bytesPerSecond: rate })
    }
  }
}
