import { NODE_HEIGHT } from './geometry'
import { fitText, textWidth } from './text-width'

/** How a container's pill is drawn; lengths in the chart's units. */
export interface NodeShape {
  readonly width: number
  readonly height: number
  readonly fontPx: number
  /** 0 where the text needs its room; then who runs has no icon. */
  readonly iconPx: number
  readonly iconX: number
  /** The middle of the name. */
  readonly nameX: number
  /** As much of the name as fits. */
  readonly name: string
}

const FONT_PX = 12.5
const NODE_PADDING = 9
const ICON_GAP = 6
/** From here on the texts need the room of the icons. */
const NO_ICON_SCALE = 1.35
/** Texts grow by at most this when the chart is zoomed out. */
const MAX_SCALE = 2

/** By how much texts are larger than the chart's own scale, so that they stay readable when it is zoomed out; in steps of 0.05. */
export function textScale(zoom: number): number {
  const wanted = 11 / (FONT_PX * zoom)
  return Math.round(Math.min(MAX_SCALE, Math.max(1, wanted)) * 20) / 20
}

/** A pill of this width, with a name in it. */
export function shapeOf(
  fullName: string,
  width: number,
  isRunning: boolean,
  scale: number
): NodeShape {
  const fontPx = FONT_PX * scale
  const iconPx = isRunning && scale >= NO_ICON_SCALE ? 0 : 14 * Math.min(scale, 1.2)
  const beforeName = iconPx && iconPx + ICON_GAP
  const padding = Math.max(4, NODE_PADDING - (scale - 1) * 5)
  const name = fitText(fullName, width - padding * 2 - beforeName, fontPx, 550)
  // Icon and name together stand in the middle.
  const nameX = beforeName / 2
  const iconX = nameX - textWidth(name, fontPx, 550) / 2 - beforeName
  return {
    width,
    height: NODE_HEIGHT * Math.min(scale, 1.3),
    fontPx,
    iconPx,
    iconX,
    nameX,
    name
  }
}
