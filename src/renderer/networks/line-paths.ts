import { REACH, type Point } from './geometry'

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

/** How an attachment's line ends at its pill: at the left or right end, or at the lower or upper edge. */
export interface MooringCurve extends Curve {
  readonly end: Point
  /** From the pill towards where the line comes from. */
  readonly from: 'left' | 'right' | 'above' | 'below'
}

/** Height of the bend before a pill that is moored from above or below. */
const BEND = 46

/**
 * The line from a hub to a pill. To one beside the hub it leaves like a rhumb from a rose, then runs level to the pill's end, so
 * that the lines of a further column pass between the pills of the first. To one that stands between hubs (`isBetween`) it runs
 * straight up or down, and bends only before the pill.
 */
export function mooring(hub: Point, pill: Pill, isBetween: boolean): MooringCurve {
  const side = pill.x >= hub.x ? 1 : -1
  const level = Math.abs(pill.x - hub.x) - pill.width / 2
  if (level < 30 || (isBetween && Math.abs(pill.y - hub.y) > BEND + pill.height / 2)) {
    const down = pill.y >= hub.y ? 1 : -1
    const end = { x: pill.x, y: pill.y - (down * pill.height) / 2 }
    const bend = { x: hub.x, y: end.y - down * BEND }
    return {
      path: `M${at(hub)}L${at(bend)}C${at({ x: hub.x, y: end.y - down * 8 })} ${at({ x: end.x, y: end.y - down * 34 })} ${at(end)}`,
      middle: half(hub, bend),
      end,
      from: down === 1 ? 'above' : 'below'
    }
  }
  const end = { x: pill.x - (side * pill.width) / 2, y: pill.y }
  const fan = Math.min(REACH - 4, level)
  const bend = { x: hub.x + side * fan, y: pill.y }
  const out = { x: hub.x + side * fan * 0.45, y: hub.y + (pill.y - hub.y) * 0.6 }
  const into = { x: bend.x - side * fan * 0.3, y: pill.y }
  return {
    path: `M${at(hub)}C${at(out)} ${at(into)} ${at(bend)}L${at(end)}`,
    middle: half(bend, end),
    end,
    from: side === 1 ? 'left' : 'right'
  }
}

/**
 * The line from one pill to another, and its way back beside it. It leaves and comes in at the upper or lower edges, for the
 * sides are where the attachments and their addresses are: two in a row are joined by an arc above, two in a column around their
 * ends, to the right or left as `around` says (0 where others would not be in the way).
 */
export function reachCurve(from: Pill, to: Pill, around: -1 | 0 | 1): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  if (around !== 0) return aroundColumn(from, to, around)
  if (Math.abs(dy) < from.height * 1.5) return arc(from, to)
  const down = dy > 0 ? 1 : -1
  const start = edgeOf(from, dx, down)
  const end = edgeOf(to, -dx, down === 1 ? -1 : 1)
  // Beside its way back, which starts at the other ends.
  const beside = dx > 0 ? 5 : -5
  const bend = Math.max(24, Math.abs(dy) * 0.45)
  return cubic(
    { x: start.x + beside, y: start.y },
    { x: start.x + beside + dx * 0.18, y: start.y + down * bend },
    { x: end.x + beside - dx * 0.18, y: end.y - down * bend },
    { x: end.x + beside, y: end.y }
  )
}

function aroundColumn(from: Pill, to: Pill, outward: -1 | 1): Curve {
  const bow = 26 + Math.abs(to.y - from.y) * 0.22 + (to.y > from.y ? 10 : 0)
  const start = { x: from.x + (outward * from.width) / 2, y: from.y }
  const end = { x: to.x + (outward * to.width) / 2, y: to.y }
  return cubic(
    start,
    { x: start.x + outward * bow, y: start.y },
    { x: end.x + outward * bow, y: end.y },
    end
  )
}

function arc(from: Pill, to: Pill): Curve {
  const dx = to.x - from.x
  const start = edgeOf(from, dx, -1)
  const end = edgeOf(to, -dx, -1)
  const rise = 22 + Math.abs(dx) * 0.09 + (dx > 0 ? 12 : 0)
  return cubic(
    start,
    { x: start.x + dx * 0.2, y: Math.min(start.y, end.y) - rise },
    { x: end.x - dx * 0.2, y: Math.min(start.y, end.y) - rise },
    end
  )
}

/** The tie between two pills that share one network namespace. */
export function tieCurve(one: Pill, two: Pill): Curve {
  const [start, end] = [borderOf(one, two), borderOf(two, one)]
  return { path: `M${at(start)}L${at(end)}`, middle: half(start, end) }
}

/** Where the straight line from a pill's middle to a point leaves the pill. */
function borderOf(pill: Pill, to: Point): Point {
  const [dx, dy] = [to.x - pill.x, to.y - pill.y]
  const out = Math.min(
    pill.width / 2 / Math.max(1, Math.abs(dx)),
    pill.height / 2 / Math.max(1, Math.abs(dy))
  )
  return { x: pill.x + dx * out, y: pill.y + dy * out }
}

/** A point on the upper (-1) or lower edge, towards where the line goes. */
function edgeOf(pill: Pill, dx: number, edge: -1 | 1): Point {
  const aside = Math.max(-0.28, Math.min(0.28, dx / 600)) * pill.width
  return { x: pill.x + aside, y: pill.y + (edge * pill.height) / 2 }
}

function cubic(start: Point, one: Point, two: Point, end: Point): Curve {
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
