import type { AnsiSpan } from '../ui/ansi'
import type { LogQuery } from '../../shared/logs/model'

/** A longer line is not marked: an expression may need the square of its length. */
const MARKED_CHARACTERS = 2000

/** Spans, some of them found. */
export interface MarkedSpan extends AnsiSpan {
  readonly isFound: boolean
}

/**
 * The expression that marks what a query finds in a line; undefined where there is nothing to mark, or where the expression could take
 * too long: searching is done where it can be ended, and drawing is not.
 */
export function marksOf(query: LogQuery | undefined): RegExp | undefined {
  if (!query || query.text === '') return undefined
  const flags = query.matchCase ? 'g' : 'gi'
  if (!query.isRegex)
    return new RegExp(query.text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), flags)
  const unbounded = query.text.match(/[*+]|,\}/g)?.length ?? 0
  if (/\)[*+{?]/.test(query.text) || unbounded > 2) return undefined
  try {
    return new RegExp(query.text, flags)
  } catch {
    return undefined
  }
}

/** Takes the spans of a line apart where something was found; a match may reach over several. */
export function markSpans(
  spans: readonly AnsiSpan[],
  marks: RegExp | undefined
): readonly MarkedSpan[] {
  const text = spans.map((span) => span.text).join('')
  if (!marks || text.length > MARKED_CHARACTERS)
    return spans.map((span) => ({ ...span, isFound: false }))
  const edges: number[] = []
  for (const match of text.matchAll(marks))
    if (match[0] !== '') edges.push(match.index, match.index + match[0].length)
  const marked: MarkedSpan[] = []
  let at = 0
  for (const span of spans) {
    const end = at + span.text.length
    const cuts = [at, ...edges.filter((edge) => edge > at && edge < end), end]
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      const isFound = edges.filter((edge) => edge <= from).length % 2 === 1
      marked.push({ text: text.slice(from, cuts[index + 1]), style: span.style, isFound })
    }
    at = end
  }
  return marked.filter((span) => span.text !== '')
}
