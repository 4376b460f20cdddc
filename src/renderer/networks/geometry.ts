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

export const NODE_HEIGHT = 28
const MAX_NODE_WIDTH = 176
/** Free room to the left and right of a pill, together. */
const NODE_GAP = 12
/** From one pill of a column to the next. */
export const ROW = 40
/** The room of a hub: the rose, and its name and note below. */
const HUB_ROOM = { width: 150, height: 100 } as const
/** The rose's middle lies this far above the middle of its room. */
const HUB_RISE = 17
export const HUB_RADIUS = 24
/** From the middle of a hub to the inner ends of its first column's pills: room for the address on the line. */
export const REACH = 110

/** How wide a container's pill is: by its name, whatever the font, so that places follow from names alone. */
export function nodeWidth(name: string): number {
  // A fifth more than the letters take at zoom 1: they are drawn larger when the chart is zoomed out.
  let width = 46
  for (const letter of name) {
    if (/[iljtfr.,:'|1-]/.test(letter)) width += 6.4
    else if (/[mwMW@]/.test(letter)) width += 13
    else width += /[A-Z]/.test(letter) ? 11 : 9.2
  }
  return Math.min(MAX_NODE_WIDTH, Math.round(width))
}

export function overlaps(a: Box, b: Box): boolean {
  // A hair of slack: neighbours that share an edge do not overlap, whatever their sums round to.
  return (
    Math.abs(a.x - b.x) * 2 < a.width + b.width - 0.01 &&
    Math.abs(a.y - b.y) * 2 < a.height + b.height - 0.01
  )
}

/** The room of a container's pill, with what must stay free around it. */
export function nodeRoom(name: string, { x, y }: Point): Box {
  return { x, y, width: nodeWidth(name) + NODE_GAP, height: ROW }
}

export function hubRoom({ x, y }: Point): Box {
  return { x, y: y + HUB_RISE, ...HUB_ROOM }
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
