/** How a piece of terminal text looks. A colour is 0 to 15 of the theme's palette, or a CSS colour for one beyond it. */
export interface AnsiStyle {
  readonly foreground?: number | string
  readonly background?: number | string
  readonly isBold?: boolean
  readonly isDim?: boolean
  readonly isItalic?: boolean
  readonly isUnderlined?: boolean
  readonly isInverse?: boolean
}

/** Text of one look; holds no control character but tabs. */
export interface AnsiSpan {
  readonly text: string
  readonly style: AnsiStyle
}

export const PLAIN: AnsiStyle = {}

const ESC = '\\u001b'
/**
 * What is no text: CSI sequences (the first group holds an SGR's parameters), OSC and the other strings, further escapes, control
 * characters, and the marks that turn the direction of text, with which an output could lie about what it says.
 * Source: ECMA-48.
 */
const CONTROL = new RegExp(
  [
    `${ESC}\\[([\\d;:]*)m`,
    `${ESC}\\[[0-?]*[ -/]*[@-~]`,
    `${ESC}\\][^\\u0007${ESC}]*(?:\\u0007|${ESC}\\\\)?`,
    `${ESC}[PX^_][^${ESC}]*(?:${ESC}\\\\)?`,
    `${ESC}[ -/]*[0-~]`,
    '[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]'
  ].join('|'),
  'g'
)

/**
 * Reads terminal text as spans: colours and weights are kept, every other control is dropped.
 * @param start the look that the text before ended with
 * @returns the spans, and the look that this text ends with
 */
export function parseAnsi(
  text: string,
  start: AnsiStyle = PLAIN
): { readonly spans: readonly AnsiSpan[]; readonly end: AnsiStyle } {
  const spans: AnsiSpan[] = []
  let style = start
  let from = 0
  const push = (piece: string): void => {
    const last = spans.at(-1)
    if (last && last.style === style) spans[spans.length - 1] = { text: last.text + piece, style }
    else spans.push({ text: piece, style })
  }
  for (const match of text.matchAll(CONTROL)) {
    if (match.index > from) push(text.slice(from, match.index))
    from = match.index + match[0].length
    if (match[1] !== undefined) style = applySgr(style, match[1])
  }
  if (from < text.length) push(text.slice(from))
  return { spans, end: style }
}

/** The text alone, without any control. */
export function stripAnsi(text: string): string {
  return text.replace(CONTROL, '')
}

/** The look after an SGR sequence with these parameters, such as `1;38;5;208`. */
function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  // 38:2::r:g:b (with a colour space that nobody fills) is 38;2;r;g;b to most programs.
  const codes = parameters
    .replace(/(?<=[34]8:2:):/g, '')
    .split(/[;:]/)
    .map(Number)
  let next: Record<string, unknown> = { ...style }
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0
    if (code === 0) next = {}
    else if (code === 38 || code === 48) {
      const { color, length } = extendedColor(codes.slice(at + 1))
      at += length
      if (color !== undefined) next[code === 38 ? 'foreground' : 'background'] = color
    } else applyCode(next, code)
  }
  return next
}

const FLAGS: Readonly<Record<number, keyof AnsiStyle>> = {
  1: 'isBold',
  2: 'isDim',
  3: 'isItalic',
  4: 'isUnderlined',
  7: 'isInverse'
}

const ENDS: Readonly<Record<number, readonly (keyof AnsiStyle)[]>> = {
  22: ['isBold', 'isDim'],
  23: ['isItalic'],
  24: ['isUnderlined'],
  27: ['isInverse'],
  39: ['foreground'],
  49: ['background']
}

function applyCode(style: Record<string, unknown>, code: number): void {
  const flag = FLAGS[code]
  if (flag) style[flag] = true
  for (const ended of ENDS[code] ?? []) delete style[ended]
  if (code >= 30 && code <= 37) style['foreground'] = code - 30
  else if (code >= 90 && code <= 97) style['foreground'] = code - 90 + 8
  else if (code >= 40 && code <= 47) style['background'] = code - 40
  else if (code >= 100 && code <= 107) style['background'] = code - 100 + 8
}

/** `5;n` and `2;r;g;b` after 38 or 48, and how many codes they took. */
function extendedColor(codes: readonly number[]): {
  readonly color?: number | string
  readonly length: number
} {
  const [mode, ...values] = codes
  if (mode === 5) {
    const index = values[0]
    if (index === undefined || !(index >= 0 && index <= 255)) return { length: 2 }
    return { color: index < 16 ? index : indexedColor(index), length: 2 }
  }
  if (mode === 2) {
    const rgb = values.slice(0, 3)
    const isColor = rgb.length === 3 && rgb.every((value) => value >= 0 && value <= 255)
    return { ...(isColor && { color: `rgb(${rgb.join(' ')})` }), length: 4 }
  }
  return { length: 1 }
}

/** The 6x6x6 cube and the greys of the 256 colours. Source: xterm. */
function indexedColor(index: number): string {
  if (index >= 232) {
    const grey = (index - 232) * 10 + 8
    return `rgb(${grey} ${grey} ${grey})`
  }
  const at = index - 16
  const level = (step: number): number => (step === 0 ? 0 : step * 40 + 55)
  return `rgb(${level(Math.floor(at / 36))} ${level(Math.floor(at / 6) % 6)} ${level(at % 6)})`
}
