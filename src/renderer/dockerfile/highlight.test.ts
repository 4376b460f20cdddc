import { highlightTree, tagHighlighter, tags } from '@lezer/highlight'
import { expect, it } from 'vitest'
import { DOCKERFILE } from './highlight'

const MARKS = tagHighlighter([
  { tag: tags.keyword, class: 'keyword' },
  { tag: tags.comment, class: 'comment' },
  { tag: tags.string, class: 'string' },
  { tag: tags.invalid, class: 'invalid' }
])

/** The pieces of a text that are marked so. */
function marked(text: string, kind: string): string[] {
  const found: string[] = []
  highlightTree(DOCKERFILE.parser.parse(text), MARKS, (from, to, name) => {
    if (name === kind) found.push(text.slice(from, to))
  })
  return found
}

it('marks the instruction of each line, after blank lines and comments too', () => {
  const text = 'FROM a AS b\n\n# note\nRUN one \\\n  # inside\n\n  two\nFOO x\nonbuild copy a b\n'
  expect(marked(text, 'keyword')).toEqual(['FROM', 'AS', 'RUN', 'onbuild', 'copy'])
  expect(marked(text, 'comment')).toEqual(['# note', '# inside'])
  expect(marked(text, 'invalid')).toEqual(['FOO'])
})

it('what stands in a heredoc is text, up to its end', () => {
  const text = 'RUN <<EOF && <<-TWO\nFROM x\nEOF\nCMD y\n\tTWO\nCMD ["z"]\n'
  expect(marked(text, 'string')).toEqual(['FROM x', 'CMD y', '"z"'])
  expect(marked(text, 'keyword').at(-1)).toBe('CMD')
})
