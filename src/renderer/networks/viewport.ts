import type { Box, Point } from './geometry'

/** What is seen of the chart: a point of it is at `point * zoom + offset` of its frame. */
export interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

const MIN_ZOOM = 0.15
const MAX_ZOOM = 2.5
/** Few containers are not blown up. */
const MAX_FIT_ZOOM = 1.15
/** To the sides there is room for the badges at the outer ends of the pills. */
const MARGIN_X = 60
const MARGIN_Y = 28
/** Less than {@link MARGIN_Y}: to what is seen of a fitted chart nothing moves. */
const EDGE = 24

/** Everything in the frame, in its middle. */
export function fit(bounds: Box | undefined, frame: Size): Viewport {
  if (!bounds || frame.width === 0) return { x: 0, y: 0, zoom: 1 }
  const zoom = Math.max(
    MIN_ZOOM,
    Math.min(
      MAX_FIT_ZOOM,
      (frame.width - MARGIN_X * 2) / bounds.width,
      (frame.height - MARGIN_Y * 2) / bounds.height
    )
  )
  return {
    x: frame.width / 2 - bounds.x * zoom,
    y: frame.height / 2 - bounds.y * zoom,
    zoom
  }
}

/** Zooms by a factor; the given point of the frame stays where it is. */
export function zoomAt(viewport: Viewport, factor: number, at: Point): Viewport {
  const zoom = Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, viewport.zoom * factor))
  const ratio = zoom / viewport.zoom
  return {
    x: at.x - (at.x - viewport.x) * ratio,
    y: at.y - (at.y - viewport.y) * ratio,
    zoom
  }
}

export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy }
}

/** The point of the chart at a point of its frame. */
export function toChart(viewport: Viewport, { x, y }: Point): Point {
  return { x: (x - viewport.x) / viewport.zoom, y: (y - viewport.y) / viewport.zoom }
}

/** The viewport moved as little as is needed to see a point of the chart well inside its frame. */
export function reveal(viewport: Viewport, point: Point, frame: Size): Viewport {
  const x = point.x * viewport.zoom + viewport.x
  const y = point.y * viewport.zoom + viewport.y
  return panBy(viewport, into(x, frame.width), into(y, frame.height))
}

function into(at: number, size: number): number {
  if (size < EDGE * 2) return size / 2 - at
  return at < EDGE ? EDGE - at : at > size - EDGE ? size - EDGE - at : 0
}
