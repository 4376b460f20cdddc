/** What a layer of an image that is pushed is at; `retrying`: the registry did not answer, and the engine tries again by itself. */
export type PushLayerState =
  'preparing' | 'waiting' | 'pushing' | 'retrying' | 'pushed' | 'exists' | 'mounted'

/** A layer of an image that is pushed. */
export interface PushLayer {
  /** The short id that the engine calls it by. */
  readonly id: string
  readonly state: PushLayerState
  readonly currentBytes?: number
  /** Bytes of the layer as it lies with the engine; it travels compressed. */
  readonly totalBytes?: number
}

/** What a push ended with. */
export interface PushResult {
  /** The reference as it was pushed, with its tag. */
  readonly reference: string
  /** `sha256:…` of the manifest: what the registry gives for the tag from now on. */
  readonly digest?: string
  readonly layerCount: number
  /** Layers that the registry had already. */
  readonly existingCount: number
}

/** An event of the task `images.push`. */
export type PushEvent =
  | { readonly kind: 'layer'; readonly layer: PushLayer; readonly atMs: number }
  | { readonly kind: 'line'; readonly text: string }

/** How far a push is, over all layers. */
export interface PushProgress {
  readonly layers: readonly PushLayer[]
  /** Bytes of layers that had to be sent and whose size is known. */
  readonly sentBytes: number
  readonly totalBytes: number
  /** 0 to 1, by layers while sizes are not known. */
  readonly fraction: number
  readonly existingCount: number
}

/** Sums up layers, in the order in which they were first told. */
export function pushProgress(layers: readonly PushLayer[]): PushProgress {
  const sizes = layers.flatMap(({ totalBytes }) => totalBytes ?? [])
  const mean = sizes.length > 0 ? sum(sizes) / sizes.length : 1
  const missing = layers.filter(({ state }) => !isThere(state))
  const weights = missing.map(({ totalBytes }) => totalBytes ?? mean)
  const sent = missing.map((layer, at) => shareOf(layer) * (weights[at] ?? 0))
  const all = sum(weights)
  return {
    layers,
    sentBytes: sum(missing.map((layer) => shareOf(layer) * (layer.totalBytes ?? 0))),
    totalBytes: sum(missing.map(({ totalBytes }) => totalBytes ?? 0)),
    fraction: all > 0 ? sum(sent) / all : layers.length > 0 ? 1 : 0,
    existingCount: layers.filter(({ state }) => isThere(state)).length
  }
}

/** Nothing had to be sent of it. */
function isThere(state: PushLayerState): boolean {
  return state === 'exists' || state === 'mounted'
}

function shareOf({ state, currentBytes = 0, totalBytes = 0 }: PushLayer): number {
  if (state === 'pushed') return 1
  if (state !== 'pushing' || totalBytes <= 0) return 0
  return Math.min(1, currentBytes / totalBytes)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
