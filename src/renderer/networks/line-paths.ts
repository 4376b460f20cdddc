import type { Point } from './geometry'

/** A line of the chart. */
export interface Curve {
  readonly path: string
  /** A point on it about half way, for its mark. */
  readonly middle: Point
}

/** The end of a line at a pill. */
interface Pill extends Point {
  readonly width: number
  readonly height: number
}

/** From the hub to where its lines run level: before the pills of its first column. */
const FAN = 112

/**
 * The line from a hub to a pill: it leaves like a rhumb from a rose, then runs level to the pill's side, so that the lines of a
 * further column pass between the pills of the first. `side` is the pill's end, for its address.
 */
export function mooring(
  hub: Point,
  pill: Pill
): Curve & { readonly end: Point; readonly side: -1 | 0 | 1 } {
  const side = pill.x >= hub.x ? 1 : -1
  const end = { x: pill.x - (side * pill.width) / 2, y: pill.y }
  const reach = (end.x - hub.x) * side
  if (reach < 40) {
    const below = pill.y >= hub.y ? 1 : -1
    const foot = { x: pill.x, y: pill.y - (below * pill.height) / 2 }
    return {
      path: `M${at(hub)}L${at(foot)}`,
      middle: half(hub, foot),
      end: foot,
      side: 0
    }
  }
  const fan = Math.min(FAN, reach)
  const level = { x: hub.x + side * fan, y: pill.y }
  const out = { x: hub.x + side * fan * 0.45, y: hub.y + (pill.y - hub.y) * 0.6 }
  const into = { x: level.x - side * fan * 0.3, y: pill.y }
  return {
    path: `M${at(hub)}C${at(out)} ${at(into)} ${at(level)}L${at(end)}`,
    middle: half(level, end),
    end,
    side
  }
}

/**
 * The line from one pill to another, and its way back on the other side of the middle. Two pills under one another are joined
 * around their right or left end, whichever `outward` says.
 */
export function reachCurve(from: Pill, to: Pill, outward: -1 | 1): Curve {
  const dx = to.x - from.x
  const isColumn = Math.abs(dx) < (from.width + to.width) / 2 + 16
  const side = isColumn ? outward : dx > 0 ? 1 : -1
  const lift = isColumn ? 0 : side * 4
  const start = { x: from.x + (side * from.width) / 2, y: from.y + lift }
  const end = { x: to.x + ((isColumn ? side : -side) * to.width) / 2, y: to.y + lift }
  const bow = isColumn
    ? 26 + Math.abs(to.y - from.y) * 0.22 + (to.y > from.y ? 10 : 0)
    : Math.max(28, Math.abs(end.x - start.x) * 0.42)
  const one = { x: start.x + side * bow, y: start.y }
  const two = { x: end.x + (isColumn ? side : -side) * bow, y: end.y }
  return {
    path: `M${at(start)}C${at(one)} ${at(two)} ${at(end)}`,
    middle: {
      x: (start.x + 3 * one.x + 3 * two.x + end.x) / 8,
      y: (start.y + 3 * one.y + 3 * two.y + end.y) / 8
    }
  }
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
}

function half(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}
