import type { ProgressMessage } from '../engine/json-lines'

/** Bytes of one layer are told at most this often. */
const PROGRESS_MS = 100

interface Layer<State> {
  readonly id: string
  readonly state: State
  readonly currentBytes?: number
  readonly totalBytes?: number
}

type LayerEvent<State> =
  | { readonly kind: 'layer'; readonly layer: Layer<State>; readonly atMs: number }
  | { readonly kind: 'line'; readonly text: string }

/**
 * Reads the engine's messages of a pull or a push into layers. `stateOf` knows the engine's words for a layer's state; others (`Verifying
 * Checksum`) change nothing but the line.
 */
export class LayerReader<State extends string> {
  readonly layers = new Map<string, Layer<State>>()
  readonly #toldAtMs = new Map<string, number>()
  readonly #stateOf: (status: string) => State | undefined
  readonly #onEvent: (event: LayerEvent<State>) => void

  constructor(
    stateOf: (status: string) => State | undefined,
    onEvent: (event: LayerEvent<State>) => void
  ) {
    this.#stateOf = stateOf
    this.#onEvent = onEvent
  }

  /** Answers the line that a message is, where it is about no layer's state. */
  accept(message: ProgressMessage): string | undefined {
    const { id, status } = message
    if (typeof status !== 'string') return undefined
    const state = this.#stateOf(status)
    if (typeof id === 'string' && state) {
      this.#layer(id, state, message['progressDetail'])
      return undefined
    }
    const text = typeof id === 'string' ? `${id}: ${status}` : status
    this.#onEvent({ kind: 'line', text })
    return text
  }

  #layer(id: string, state: State, detail: unknown): void {
    const { current, total } = (detail ?? {}) as { current?: unknown; total?: unknown }
    const before = this.layers.get(id)
    const totalBytes = typeof total === 'number' && total > 0 ? total : before?.totalBytes
    const layer: Layer<State> = {
      id,
      state,
      ...(typeof current === 'number' && { currentBytes: current }),
      ...(totalBytes !== undefined && { totalBytes })
    }
    this.layers.set(id, layer)
    const atMs = Date.now()
    const isOnlyFurther = before?.state === state
    if (isOnlyFurther && atMs - (this.#toldAtMs.get(id) ?? 0) < PROGRESS_MS) return
    this.#toldAtMs.set(id, atMs)
    this.#onEvent({ kind: 'layer', layer, atMs })
  }
}
