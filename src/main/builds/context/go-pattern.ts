import { PortolanError } from '../../../shared/bridge/errors'

/**
 * One pattern as a test on a whole path. The rules are those of Go's `path/filepath.Match` with `**`, and they leak Go's regular
 * expressions: inside `[…]` and after a backslash RE2 decides, so `\d` is a digit and `[!a]` holds a `!`.
 * Source: moby/patternmatcher `Pattern.compile`, re-implemented from its behaviour.
 */
export function compilePattern(pattern: string): (path: string) => boolean {
  const points = Array.from(pattern)
  // Go's scanner drops a byte order mark in front.
  let at = points[0] === '\uFEFF' ? 1 : 0
  const first = at
  let kind: 'exact' | 'prefix' | 'suffix' | 'regexp' = 'exact'
  let expression = ''
  while (at < points.length) {
    const here = at
    const point = points[at++] ?? ''
    if (point === '*' && points[at] === '*') {
      at++
      if (points[at] === '/') at++
      if (at < points.length) {
        expression += '(.*/)?'
        kind = 'regexp'
      } else if (kind === 'exact') {
        kind = 'prefix'
      } else {
        expression += '.*'
        kind = 'regexp'
      }
      if (here === first) kind = 'suffix'
    } else if (point === '*' || point === '?') {
      expression += point === '*' ? '[^/]*' : '[^/]'
      kind = 'regexp'
    } else if ('.+()|{}$'.includes(point)) {
      expression += `\\${point}`
    } else if (point === '\\' && at < points.length) {
      expression += `\\${points[at++] ?? ''}`
      kind = 'regexp'
    } else {
      expression += point
      if (point === '[' || point === ']') kind = 'regexp'
    }
  }
  return matcherOf(kind, pattern, expression)
}

function matcherOf(
  kind: 'exact' | 'prefix' | 'suffix' | 'regexp',
  pattern: string,
  expression: string
): (path: string) => boolean {
  if (kind === 'exact') return (path) => path === pattern
  if (kind === 'prefix') {
    const prefix = pattern.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  if (kind === 'suffix') {
    const suffix = pattern.slice(2)
    const whole = suffix.startsWith('/') ? suffix.slice(1) : undefined
    return (path) => path.endsWith(suffix) || path === whole
  }
  const regexp = new RegExp(`^${fromRe2(pattern, expression)}$`, 'u')
  return (path) => regexp.test(path)
}

/** Escapes that mean the same in RE2 and, with the `u` flag, here. */
const SHARED_ESCAPES = new Set('dDsSwWbBtnrvf')
const RE2_SPACE = String.raw`\t\n\f\r `
/** POSIX classes that RE2 knows inside brackets. */
const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: String.raw`\x00-\x7f`,
  blank: String.raw`\t `,
  cntrl: String.raw`\x00-\x1f\x7f`,
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: String.raw`!-\/:-@\[-\x60\{-~`,
  space: String.raw`\t\n\v\f\r `,
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f'
}

/** The RE2 expression that {@link compilePattern} made, as the source of a `u` regular expression of ours. */
function fromRe2(pattern: string, expression: string): string {
  const points = Array.from(expression)
  let out = ''
  for (let at = 0; at < points.length;) {
    const point = points[at] ?? ''
    if (point === '\\') {
      out += escapeOf(pattern, points[at + 1])
      at += 2
    } else if (point === '[') {
      const [source, next] = classOf(pattern, points, at)
      out += source
      at = next
    } else if (point === '.') {
      out += String.raw`[^\n]`
      at++
    } else {
      out += ')(*?^'.includes(point) ? point : literal(point)
      at++
    }
  }
  return out
}

function escapeOf(pattern: string, point: string | undefined): string {
  if (point === undefined) throw badPattern(pattern)
  if (point === 'A') return '^'
  if (point === 'z') return '$'
  if (point === 's') return `[${RE2_SPACE}]`
  if (point === 'S') return `[^${RE2_SPACE}]`
  if (point === 'a') return String.raw`\x07`
  if (SHARED_ESCAPES.has(point)) return `\\${point}`
  // RE2 lets only ASCII punctuation be escaped for nothing; a letter, a digit or another character is an error to it.
  if (/[A-Za-z0-9]/.test(point) || point > '\x7f') throw badPattern(pattern)
  return literal(point)
}

/** Reads the class that opens at `from`; answers its source and the index after its `]`. */
function classOf(pattern: string, points: readonly string[], from: number): [string, number] {
  let at = from + 1
  let out = '['
  if (points[at] === '^') {
    out += '^'
    at++
  }
  for (let isFirst = true; isFirst || points[at] !== ']'; isFirst = false) {
    if (at >= points.length) throw badPattern(pattern)
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(points.slice(at, at + 12).join(''))
    if (posix) {
      const members = POSIX_CLASSES[posix[2] ?? '']
      if (members === undefined || posix[1]) throw badPattern(pattern)
      out += members
      at += posix[0].length
      continue
    }
    const [low, afterLow, isSet] = memberOf(pattern, points, at)
    at = afterLow
    if (isSet || points[at] !== '-' || points[at + 1] === ']' || at + 1 >= points.length) {
      out += isSet ? low : literal(low)
      continue
    }
    const [high, afterHigh, isHighSet] = memberOf(pattern, points, at + 1)
    if (isHighSet || (high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0))
      throw badPattern(pattern)
    out += `${literal(low)}-${literal(high)}`
    at = afterHigh
  }
  return [`${out}]`, at + 1]
}

/** One member of a class: a character, or the source of a set such as `\d`. */
function memberOf(
  pattern: string,
  points: readonly string[],
  at: number
): [string, number, boolean] {
  const point = points[at]
  if (point === undefined) throw badPattern(pattern)
  if (point !== '\\') return [point, at + 1, false]
  const escaped = points[at + 1]
  if (escaped === 's') return [RE2_SPACE, at + 2, true]
  if (escaped !== undefined && 'dDwW'.includes(escaped)) return [`\\${escaped}`, at + 2, true]
  if (escaped !== undefined && 'tnrvfa'.includes(escaped)) {
    return ['\t\n\r\v\f\x07'['tnrvfa'.indexOf(escaped)] ?? '', at + 2, false]
  }
  if (escaped === undefined || /[A-Za-z0-9]/.test(escaped) || escaped > '\x7f') {
    throw badPattern(pattern)
  }
  return [escaped, at + 2, false]
}

function literal(point: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(point)
    ? `\\x${point.charCodeAt(0).toString(16).padStart(2, '0')}`
    : point
}

/**
 * Refuses what Go's `filepath.Match` calls a malformed pattern. Errors: `invalid-input`.
 * Source: Go `path/filepath.Match`, whose syntax check looks at every part of a pattern.
 */
export function checkPattern(pattern: string): void {
  for (const chunk of chunksOf(pattern)) {
    let rest = chunk
    while (rest !== '') {
      if (rest.startsWith('[')) rest = afterClass(pattern, rest)
      else if (rest.startsWith('\\')) {
        if (rest.length === 1) throw badPattern(pattern)
        rest = rest.slice(2)
      } else rest = rest.slice(1)
    }
  }
}

/** The parts between stars; a star inside brackets is none. */
function chunksOf(pattern: string): string[] {
  const chunks: string[] = []
  let chunk = ''
  let isInClass = false
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? ''
    if (char === '*' && !isInClass) {
      chunks.push(chunk)
      chunk = ''
      continue
    }
    chunk += char
    if (char === '\\' && at + 1 < pattern.length) chunk += pattern[++at] ?? ''
    else if (char === '[') isInClass = true
    else if (char === ']') isInClass = false
  }
  return [...chunks, chunk]
}

function afterClass(pattern: string, text: string): string {
  let rest = text.slice(text[1] === '^' ? 2 : 1)
  for (let count = 0; !(rest.startsWith(']') && count > 0); count++) {
    rest = afterMember(pattern, rest)
    if (rest.startsWith('-')) rest = afterMember(pattern, rest.slice(1))
  }
  return rest.slice(1)
}

function afterMember(pattern: string, text: string): string {
  const body = text.startsWith('\\') ? text.slice(1) : text
  if (text === '' || text.startsWith('-') || text.startsWith(']') || body === '') {
    throw badPattern(pattern)
  }
  const rest = body.slice((body.codePointAt(0) ?? 0) > 0xffff ? 2 : 1)
  if (rest === '') throw badPattern(pattern)
  return rest
}

function badPattern(pattern: string): PortolanError {
  return new PortolanError({
    code: 'invalid-input',
    message: `The ignore pattern “${pattern}” has a syntax error.`,
    engineMessage: 'syntax error in pattern',
    hint: 'Close every [ with a ], and do not end a pattern with a single backslash.'
  })
}
