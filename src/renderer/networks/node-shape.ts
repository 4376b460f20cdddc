import type { ChartNode } from './graph'
import { NODE_HEIGHT, NODE_WIDTH } from './geometry'
import { fitText } from './text-width'

/** How a container's pill is drawn; lengths in the chart's units. */
export interface NodeShape {
  readonly width: number
  readonly height: number
  readonly fontPx: number
  readonly iconPx: number
  readonly name: string
  /** Of a container that does not run: its state's word. */
  readonly word: string
  readonly wordX: number
}

const FONT_PX = 12.5
const PADDING = 9
const GAP = 6
/** Texts grow by at most this when the chart is zoomed out. */
const MAX_SCALE = 1.55

/** By how much texts are larger than the chart's own scale, so that they stay readable when it is zoomed out; in steps of 0.05. */
export function textScale(zoom: number): number {
  const wanted = 11 / (FONT_PX * zoom)
  return Math.round(Math.min(MAX_SCALE, Math.max(1, wanted)) * 20) / 20
}

export function shapeOf(node: ChartNode, stateWord: string, scale: number): NodeShape {
  const fontPx = FONT_PX * scale
  const iconPx = 14 * Math.min(scale, 1.25)
  const before = PADDING + iconPx + GAP
  const room = NODE_WIDTH - before - PADDING
  const isRunning = node.container.state === 'running'
  const word = isRunning ? { text: '', width: 0 } : fitText(stateWord, room / 2, fontPx * 0.88, 400)
  const wordRoom = isRunning ? 0 : word.width + GAP
  const name = fitText(node.container.name, room - wordRoom, fontPx, 550)
  return {
    width: before + name.width + wordRoom + PADDING,
    height: NODE_HEIGHT * Math.min(scale, 1.35),
    fontPx,
    iconPx,
    name: name.text,
    word: word.text,
    wordX: before + name.width + GAP
  }
}
