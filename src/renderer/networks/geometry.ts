/** A point of the chart, in its own units (pixels at zoom 1). */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle by its middle. */
export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** The room of a container's pill, with what must stay free around it. */
export const NODE_ROOM = { width: 164, height: 44 } as const
/** The room of a hub: the rose, and its name below. */
export const HUB_ROOM = { width: 168, height: 104 } as const
/** The rose's middle lies this far above the middle of its room. */
export const HUB_RISE = 16
export const HUB_RADIUS = 24
/** The widest pill. */
export const NODE_WIDTH = 152
export const NODE_HEIGHT = 28
/** From the middle of a hub to that of the pills of its first column: room for the address on the line. */
export const FIRST_COLUMN = 200
export const COLUMN = 172
export const ROW = 48

export function overlaps(a: Box, b: Box): boolean {
  return (
    Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height
  )
}

export function nodeRoom(at: Point): Box {
  return { ...at, ...NODE_ROOM }
}

export function hubRoom(at: Point): Box {
  return { x: at.x, y: at.y + HUB_RISE, ...HUB_ROOM }
}

/** The smallest box around all of them; undefined of none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x - width / 2)
    right = Math.max(right, x + width / 2)
    top = Math.min(top, y - height / 2)
    bottom = Math.max(bottom, y + height / 2)
  }
  if (left === Infinity) return undefined
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top }
}

export function centreOf(points: readonly Point[]): Point {
  const count = Math.max(1, points.length)
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / count,
    y: points.reduce((sum, { y }) => sum + y, 0) / count
  }
}
