/** What a layer of an image that is pulled is at; `retrying`: the registry did not answer, and the engine tries again by itself. */
export type PullLayerState =
  'waiting' | 'downloading' | 'retrying' | 'downloaded' | 'extracting' | 'done' | 'exists'

/** A layer of an image that is pulled. */
export interface PullLayer {
  /** The short id that the engine calls it by. */
  readonly id: string
  readonly state: PullLayerState
  /** Bytes of what it is at: downloaded, or unpacked, so far. */
  readonly currentBytes?: number
  /** Bytes of the whole layer as it travels, compressed; unknown until it is downloaded. */
  readonly totalBytes?: number
}

/** What a pull ended with. */
export interface PullResult {
  /** The reference as it was pulled, with its tag. */
  readonly reference: string
  /** `sha256:…` of the manifest, where the engine told. */
  readonly digest?: string
  /** False where the engine had the newest already. */
  readonly isNew: boolean
}

/** An event of the task `images.pull`. */
export type PullEvent =
  /** Before all others, where another platform than the engine's own is fetched. */
  | { readonly kind: 'platform'; readonly platform: string }
  | { readonly kind: 'layer'; readonly layer: PullLayer; readonly atMs: number }
  | { readonly kind: 'line'; readonly text: string }

/** How far a pull is, over all layers that are known. */
export interface PullProgress {
  readonly layers: readonly PullLayer[]
  /** Bytes that came over the network so far, of layers whose size is known. */
  readonly downloadedBytes: number
  readonly totalBytes: number
  /** 0 to 1: a download counts for seven tenths of a layer, its unpacking for the rest. */
  readonly fraction: number
}

const DOWNLOAD_SHARE = 0.7

/** Sums up layers, in the order in which they were first told. */
export function pullProgress(layers: readonly PullLayer[]): PullProgress {
  const wanted = layers.filter(({ state }) => state !== 'exists')
  const sizes = wanted.flatMap(({ totalBytes }) => totalBytes ?? [])
  // A layer that waits has no size yet: it counts as the others do on average.
  const mean = sizes.length > 0 ? sum(sizes) / sizes.length : 1
  const weights = wanted.map(({ totalBytes }) => totalBytes ?? mean)
  const done = wanted.map((layer, at) => (weights[at] ?? 0) * shareOf(layer))
  return {
    layers,
    downloadedBytes: sum(wanted.map(downloadedOf)),
    totalBytes: sum(sizes),
    fraction: sum(weights) > 0 ? sum(done) / sum(weights) : 0
  }
}

function downloadedOf({ state, currentBytes = 0, totalBytes = 0 }: PullLayer): number {
  if (state === 'waiting' || state === 'retrying') return 0
  return state === 'downloading' ? Math.min(currentBytes, totalBytes) : totalBytes
}

function shareOf({ state, currentBytes = 0, totalBytes = 0 }: PullLayer): number {
  const part = totalBytes > 0 ? Math.min(1, currentBytes / totalBytes) : 0
  switch (state) {
    case 'waiting':
    case 'retrying':
      return 0
    case 'downloading':
      return part * DOWNLOAD_SHARE
    case 'downloaded':
      return DOWNLOAD_SHARE
    case 'extracting':
      return DOWNLOAD_SHARE + part * (1 - DOWNLOAD_SHARE)
    case 'done':
    case 'exists':
      return 1
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
