import type { HistoryEntry } from '../images/details'
import type { SharingImage } from './model'

/** The images that begin with the same layers, those that share most first: only from the lowest on are layers on the disk once. */
export function compareLayers(
  own: readonly string[],
  others: ReadonlyMap<string, readonly string[]>
): SharingImage[] {
  return [...others]
    .map(([imageId, digests]) => {
      const differs = digests.findIndex((digest, at) => digest !== own[at])
      const layers = differs < 0 ? digests.length : differs
      return { imageId, layers, ofLayers: digests.length }
    })
    .filter(({ layers }) => layers > 0)
    .toSorted((a, b) => b.layers - a.layers || a.ofLayers - b.ofLayers)
}

/** True where one history is the beginning of another: builders copy that of the base word by word. */
export function isBeginning(
  history: readonly HistoryEntry[],
  longer: readonly HistoryEntry[]
): boolean {
  return history.every(
    ({ createdBy, createdAtMs }, at) =>
      createdBy === longer[at]?.createdBy && createdAtMs === longer[at].createdAtMs
  )
}
