/** The middle of some figures. Throws where there are none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The figure that a share of `part` (0..1) of all does not exceed, interpolated. Throws where there are none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) throw new Error('Nothing was measured.')
  return below + (above - below) * (place - Math.floor(place))
}

/** Both sides of a comparison, round by round. */
export interface Rounds {
  readonly ours: readonly number[]
  readonly reference: readonly number[]
}

/**
 * Measures two things by turns, after one round of each that does not count: what the machine does meanwhile hits both alike.
 * They take turns in going first, so that what one leaves behind (caches, dirty pages) does not always meet the other.
 */
export async function byTurns(
  rounds: number,
  ours: () => Promise<number>,
  reference: () => Promise<number>
): Promise<Rounds> {
  await reference()
  await ours()
  const result = { ours: [] as number[], reference: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) result.ours.push(await ours())
    result.reference.push(await reference())
    if (round % 2 === 1) result.ours.push(await ours())
  }
  return result
}

/** The figures of one side in words: `1520 (1490 to 1610)`. */
export function spread(values: readonly number[], digits = 0): string {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`
}
