const FAMILY = "'Inter Variable', system-ui, sans-serif"
const MEASURED_PX = 12
const widths = new Map<string, number>()
let context: CanvasRenderingContext2D | null | undefined

/** How wide a text of the window's font is, in px; `weight` as in CSS. */
export function textWidth(text: string, fontPx: number, weight: number): number {
  const key = `${weight} ${text}`
  let perPx = widths.get(key)
  if (perPx === undefined) {
    context ??= document.createElement('canvas').getContext('2d')
    if (!context) return text.length * fontPx * 0.6
    // At about the size that it is drawn in: the font's letters are wider set when they are small.
    context.font = `${weight} ${MEASURED_PX}px ${FAMILY}`
    perPx = context.measureText(text).width / MEASURED_PX
    widths.set(key, perPx)
  }
  return perPx * fontPx
}

/** The text, or as much of its two ends as fits: names of one project differ at their ends. SVG cuts nothing off by itself. */
export function fitText(text: string, maxPx: number, fontPx: number, weight: number): string {
  if (textWidth(text, fontPx, weight) <= maxPx) return text
  let [low, high] = [1, text.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (textWidth(cut(text, middle), fontPx, weight) <= maxPx) low = middle
    else high = middle - 1
  }
  return cut(text, low)
}

/** Keeps `count` letters, a few more of the beginning than of the end. */
function cut(text: string, count: number): string {
  const tail = Math.floor(count * 0.45)
  return `${text.slice(0, count - tail)}…${tail > 0 ? text.slice(-tail) : ''}`
}
