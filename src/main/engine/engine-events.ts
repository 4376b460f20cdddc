import type { EngineEvent } from './events'

type Listener = (endpointId: string, event: EngineEvent) => void

/** What every connected engine says, as it says it. While an engine is away its events are lost: list anew after it came back. */
export class EngineEvents {
  readonly #listeners = new Set<Listener>()

  /** Calls `listener` with each event of each engine. Answers how to stop. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(endpointId: string, event: EngineEvent): void {
    for (const listener of this.#listeners) listener(endpointId, event)
  }
}
