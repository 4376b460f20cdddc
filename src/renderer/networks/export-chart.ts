import { call } from '../bridge/client'
import type { Box } from './geometry'

/** What makes the look of the chart's things; copied from the page's style sheets, which a file does not have. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'color',
  'font-family',
  'font-size',
  'font-weight',
  'letter-spacing',
  'text-anchor',
  'paint-order',
  'transform',
  'd'
] as const
/** What is there for the hand and the keyboard, and what a drawing has no use for. */
const NOT_DRAWN = '.mooring-hit, .reach-hit, .drag'
const MARGIN = 32
/** Pixels of a picture for one of the chart; less where the whole would be larger than MAX_SIDE_PX. */
const SCALE = 2
const MAX_SIDE_PX = 8000
const SVG = 'http://www.w3.org/2000/svg'

/** A drawing and its size in the chart's units. */
interface Drawing {
  readonly text: string
  readonly width: number
  readonly height: number
}

/**
 * The whole chart as an SVG that stands alone: every look is written into it; it has no script, no handler, no link and nothing to
 * load. `bounds` is the room that the chart takes.
 */
function drawChart(sea: SVGGElement, bounds: Box, ground: string): Drawing {
  const copy = sea.cloneNode(true) as SVGGElement
  writeLooks(sea, copy)
  for (const each of copy.querySelectorAll(NOT_DRAWN)) each.remove()
  copy.removeAttribute('style')
  const [width, height] = [bounds.width + MARGIN * 2, bounds.height + MARGIN * 2]
  const svg = document.createElementNS(SVG, 'svg')
  const left = bounds.x - width / 2
  const top = bounds.y - height / 2
  svg.setAttribute('viewBox', [left, top, width, height].map(Math.round).join(' '))
  svg.setAttribute('width', String(Math.round(width)))
  svg.setAttribute('height', String(Math.round(height)))
  const water = document.createElementNS(SVG, 'rect')
  for (const [name, value] of Object.entries({ x: left, y: top, width, height, fill: ground }))
    water.setAttribute(name, String(value))
  svg.append(water, copy)
  return { text: new XMLSerializer().serializeToString(svg), width, height }
}

function writeLooks(from: Element, to: Element): void {
  const style = getComputedStyle(from)
  const looks = LOOKS.flatMap((name) => {
    const value = style.getPropertyValue(name)
    return value === '' || (value === 'none' && name === 'transform') ? [] : [`${name}:${value}`]
  })
  const kept = new Set(KEPT)
  for (const { name } of Array.from(to.attributes)) if (!kept.has(name)) to.removeAttribute(name)
  to.setAttribute('style', looks.join(';'))
  const children = [...from.children]
  for (const [at, child] of [...to.children].entries()) {
    const original = children[at]
    if (original) writeLooks(original, child)
  }
}

/** The attributes that say where and what shape; the others are for the page. */
const KEPT = [
  'd',
  'x',
  'y',
  'dy',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'x1',
  'x2',
  'y1',
  'y2',
  'width',
  'height',
  'points',
  'transform',
  'viewBox',
  'refX',
  'refY',
  'markerWidth',
  'markerHeight',
  'markerUnits',
  'orient',
  'id',
  'marker-end',
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'font-size',
  'text-anchor'
]

/** The drawing as a PNG. */
async function toPng({ text, width, height }: Drawing): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const scale = Math.min(SCALE, MAX_SIDE_PX / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('The chart could not be drawn.')
  return new Uint8Array(await blob.arrayBuffer())
}

/** Asks where to, and saves the chart that is on the page. Errors: those of the call. */
export async function saveChart(
  endpointId: string,
  kind: 'svg' | 'png',
  title: string,
  bounds: Box
): Promise<void> {
  const sea = document.querySelector<SVGGElement>('.chart-sea')
  const frame = sea?.closest('.chart-frame')
  if (!sea || !frame) return
  const drawing = drawChart(sea, bounds, getComputedStyle(frame).backgroundColor)
  const bytes = kind === 'svg' ? new TextEncoder().encode(drawing.text) : await toPng(drawing)
  await call('networks.saveChart', { endpointId, title, kind, bytes })
}
