const FAMILY = "'Inter Variable', system-ui, sans-serif"
const widths = new Map<string, number>()
let context: CanvasRenderingContext2D | null | undefined

/** How wide a text of the window's font is, in px; `weight` as in CSS. */
function textWidth(text: string, fontPx: number, weight: number): number {
  const key = `${weight} ${text}`
  let perPx = widths.get(key)
  if (perPx === undefined) {
    context ??= document.createElement('canvas').getContext('2d')
    if (!context) return text.length * fontPx * 0.6
    // Measured large, for widths grow with the size but for rounding.
    context.font = `${weight} 100px ${FAMILY}`
    perPx = context.measureText(text).width / 100
    widths.set(key, perPx)
  }
  return perPx * fontPx
}

/** The text, or as much of its beginning as fits, and its width. SVG does not cut texts off by itself. */
export function fitText(
  text: string,
  maxPx: number,
  fontPx: number,
  weight: number
): { readonly text: string; readonly width: number } {
  const width = textWidth(text, fontPx, weight)
  if (width <= maxPx) return { text, width }
  let [low, high] = [1, text.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (textWidth(`${text.slice(0, middle)}…`, fontPx, weight) <= maxPx) low = middle
    else high = middle - 1
  }
  const cut = `${text.slice(0, low)}…`
  return { text: cut, width: textWidth(cut, fontPx, weight) }
}
