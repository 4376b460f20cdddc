import type { HistoryEntry } from '../images/details'
import { isMetadata, parseInstruction, type Instruction } from './instruction'
import type { Stratum } from './model'

/**
 * Joins an image's history with its layers, the lowest first. The engine does not say which entries are layers: those with bytes are,
 * and of the others those that most likely wrote nothing are not.
 */
export function toStrata(history: readonly HistoryEntry[], digests: readonly string[]): Stratum[] {
  const entries = history.map((entry) => ({
    ...entry,
    instruction: parseInstruction(entry.createdBy)
  }))
  const layerEntries = new Set(
    entries
      .map((entry, at) => ({ at, score: likelihood(entry.instruction, entry.sizeBytes) }))
      .toSorted((a, b) => b.score - a.score || a.at - b.at)
      .slice(0, digests.length)
      .map(({ at }) => at)
  )
  let layer = 0
  const strata = entries.map((entry, at): Stratum => {
    const digest = layerEntries.has(at) ? digests[layer] : undefined
    return digest === undefined ? entry : { ...entry, digest, layer: layer++ }
  })
  // A builder need not tell of all layers.
  const untold = digests.slice(layer).map((digest): Stratum => ({
    instruction: { keyword: '', text: '' },
    createdBy: '',
    comment: '',
    sizeBytes: 0,
    digest,
    layer: layer++
  }))
  return [...strata, ...untold]
}

function likelihood(instruction: Instruction, sizeBytes: number): number {
  if (sizeBytes > 0) return 3
  if (isMetadata(instruction)) return 0
  return instruction.keyword === 'WORKDIR' ? 1 : 2
}
