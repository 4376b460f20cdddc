import {
  pushProgress,
  type PushEvent,
  type PushLayer,
  type PushProgress
} from '../../../shared/images/push'
import { Rate } from '../rate'

/** What is known of a push. */
export interface PushLog extends PushProgress {
  /** Bytes a second of late, as they lie with the engine; absent while nothing is sent. */
  readonly bytesPerSecond?: number
}

/** Reads a push's events. */
export class PushReader {
  readonly #layers = new Map<string, PushLayer>()
  readonly #rate = new Rate()

  accept(events: readonly PushEvent[]): void {
    for (const event of events) {
      if (event.kind === 'line') continue
      this.#layers.set(event.layer.id, event.layer)
      this.#rate.add(event.atMs, pushProgress([...this.#layers.values()]).sentBytes)
    }
  }

  log(): PushLog {
    const layers = [...this.#layers.values()]
    const isSending = layers.some(({ state }) => state === 'pushing')
    const rate = isSending ? this.#rate.bytesPerSecond() : undefined
    return { ...pushProgress(layers), ...(rate !== undefined && { bytesPerSecond: rate }) }
  }
}
