/** The height of a row that is one line, in px. */
export const ROW_PX = 18
/** No browser lays out an element of any height; a scroll bar for more rows than fit here stands for several rows a pixel. */
const LARGEST_PX = 4_000_000

/** What the scroll bar is made from. */
export interface Extent {
  readonly count: number
  readonly heightPx: number
}

/** The height of what is scrolled, in px. */
export function contentPx({ count }: Extent): number {
  return Math.min(count * ROW_PX, LARGEST_PX)
}

/** Whether a pixel of the scroll bar is a pixel of the rows. */
export function isExact({ count }: Extent): boolean {
  return count * ROW_PX <= LARGEST_PX
}

/** The largest first row, in rows from the start; a fraction where a row is cut by the upper edge. */
export function lastTop({ count, heightPx }: Extent): number {
  return Math.max(0, count - heightPx / ROW_PX)
}

/** The first row that a position of the scroll bar stands for. */
export function topOf(scrollPx: number, extent: Extent): number {
  const range = contentPx(extent) - extent.heightPx
  return range <= 0 ? 0 : (Math.min(scrollPx, range) / range) * lastTop(extent)
}

/** The position of the scroll bar for a first row. */
export function scrollOf(top: number, extent: Extent): number {
  const range = contentPx(extent) - extent.heightPx
  const last = lastTop(extent)
  return range <= 0 || last === 0 ? 0 : (Math.min(top, last) / last) * range
}
