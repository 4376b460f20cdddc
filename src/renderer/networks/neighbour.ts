import type { Point } from './geometry'

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 }
}

/** The item that an arrow key leads to from `from`: the nearest that lies about in that direction. */
export function neighbour(
  places: ReadonlyMap<string, Point>,
  from: string,
  key: string
): string | undefined {
  const direction = DIRECTIONS[key]
  const start = places.get(from)
  if (!direction || !start) return undefined
  let nearest: string | undefined
  let best = Infinity
  for (const [other, { x, y }] of places) {
    const [dx, dy] = [x - start.x, y - start.y]
    const along = dx * direction.x + dy * direction.y
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x)
    if (other === from || along < 4 || aside > along * 2) continue
    // A step aside costs thrice: rows and columns are followed first.
    const cost = along + aside * 3
    if (cost < best) {
      best = cost
      nearest = other
    }
  }
  return nearest
}
