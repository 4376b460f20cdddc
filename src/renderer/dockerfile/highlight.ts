import {
  HighlightStyle,
  StreamLanguage,
  syntaxHighlighting,
  type StringStream
} from '@codemirror/language'
import { tags } from '@lezer/highlight'
import { INSTRUCTIONS } from './instructions'

interface State {
  /** The instruction that the line belongs to; empty at the start of one. */
  instruction: string
  /** Words that end the heredocs of the instruction, in order. */
  readonly heredocs: string[]
  /** True on the lines of a heredoc. */
  isInHeredoc: boolean
  /** Whether the line goes on. */
  isContinued: boolean
}

const KEYWORDS = new Set(INSTRUCTIONS)

/** A Dockerfile, line by line: comments, instructions, flags, variables, strings, continuations and heredocs. */
export const DOCKERFILE = StreamLanguage.define<State>({
  name: 'dockerfile',
  startState: () => ({ instruction: '', heredocs: [], isInHeredoc: false, isContinued: false }),
  copyState: (state) => ({ ...state, heredocs: [...state.heredocs] }),
  token: (stream, state) => {
    if (stream.sol()) startLine(stream, state)
    if (state.isInHeredoc) return heredocLine(stream, state)
    if (stream.eatSpace()) return null
    // A comment may stand between the lines of an instruction.
    if (stream.column() === stream.indentation() && stream.peek() === '#') {
      stream.skipToEnd()
      return 'comment'
    }
    if (state.instruction === '') return instructionWord(stream, state)
    return argument(stream, state)
  },
  languageData: { commentTokens: { line: '#' } }
})

function startLine(stream: StringStream, state: State): void {
  if (state.isInHeredoc) return
  if (!state.isContinued && state.heredocs.length > 0) {
    state.isInHeredoc = true
    return
  }
  if (!state.isContinued) state.instruction = ''
  // A comment leaves open what was open.
  if (!/^\s*#/.test(stream.string)) state.isContinued = /[\\`]\s*$/.test(stream.string)
}

function heredocLine(stream: StringStream, state: State): string {
  const isEnd = stream.string.replace(/^\t+/, '') === state.heredocs[0]
  stream.skipToEnd()
  if (isEnd) {
    state.heredocs.shift()
    state.isInHeredoc = state.heredocs.length > 0
    if (!state.isInHeredoc) state.instruction = ''
  }
  return isEnd ? 'keyword' : 'string'
}

function instructionWord(stream: StringStream, state: State): string {
  const [word = ''] = (stream.match(/^\S+/) as RegExpMatchArray | null) ?? []
  const upper = word.toUpperCase()
  // What follows ONBUILD is an instruction again.
  state.instruction = upper === 'ONBUILD' ? '' : upper
  return KEYWORDS.has(upper) ? 'keyword' : 'invalid'
}

function argument(stream: StringStream, state: State): string | null {
  const heredoc = stream.match(/^<<-?(["']?)([A-Za-z_][\w.]*)\1/) as RegExpMatchArray | null
  if (heredoc) {
    if (['RUN', 'COPY', 'ADD'].includes(state.instruction)) state.heredocs.push(heredoc[2] ?? '')
    return 'keyword'
  }
  if (stream.match(/^--[a-z][a-z-]*=?/)) return 'attributeName'
  if (stream.match(/^\$(?:\{[^}]*\}?|\w+)/)) return 'variableName'
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'[^']*'?/)) return 'string'
  if (stream.match(/^[\\`]\s*$/) || stream.match(/^(?:&&|\|\||[|;])/)) return 'operator'
  if (stream.match(/^as\b/i)) return state.instruction === 'FROM' ? 'keyword' : null
  if (stream.match(/^\w+(?==)/)) return 'propertyName'
  if (stream.match(/^\d+(?:\/(?:tcp|udp))?(?=\s|$)/)) return 'number'
  if (!stream.match(/^[\w./:@-]+/)) stream.next()
  return null
}

/** The colours are those of a terminal: tuned for contrast, dark and light. */
const STYLE = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.keyword, color: 'var(--terminal-magenta)', fontWeight: '600' },
  { tag: tags.attributeName, color: 'var(--terminal-cyan)' },
  { tag: tags.variableName, color: 'var(--terminal-yellow)' },
  { tag: tags.propertyName, color: 'var(--terminal-blue)' },
  { tag: tags.string, color: 'var(--terminal-green)' },
  { tag: tags.number, color: 'var(--terminal-yellow)' },
  { tag: tags.operator, color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--bad)', textDecoration: 'underline wavy' }
])

/** Colours a Dockerfile. */
export const dockerfileHighlight = [DOCKERFILE, syntaxHighlighting(STYLE)]
