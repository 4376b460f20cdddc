/**
 * Does something to each, so many at once, in their order; begins no further one once aborted, and waits for what has begun.
 * Rejects with the first failure: catch them inside where the others are to go on.
 */
export async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<void>,
  signal?: AbortSignal
): Promise<void> {
  // One iterator for all workers: each item is taken once.
  const waiting = items.values()
  async function work(): Promise<void> {
    for (const item of waiting) {
      if (signal?.aborted) return
      await act(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
}
