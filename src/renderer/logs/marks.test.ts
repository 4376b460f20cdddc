import { describe, expect, it } from 'vitest'
import { PLAIN } from '../ui/ansi'
import { markSpans, marksOf } from './marks'

const query = { text: '', isRegex: false, matchCase: false, streams: ['stdout' as const] }
const red = { foreground: 1 }

describe('marks', () => {
  it('mark what is found, over the colours', () => {
    const spans = [
      { text: 'an er', style: PLAIN },
      { text: 'ror, an error', style: red }
    ]
    const marked = markSpans(spans, marksOf({ ...query, text: 'Error' }))
    expect(marked.map(({ text, isFound }) => (isFound ? `[${text}]` : text))).toEqual([
      'an ',
      '[er]',
      '[ror]',
      ', an ',
      '[error]'
    ])
    expect(marked[2]?.style).toBe(red)
  })

  it('take plain text literally', () => {
    expect('a.b axb'.replaceAll(marksOf({ ...query, text: 'a.b' }) ?? /x/g, '!')).toBe('! axb')
  })

  it.each(['(a+)+$', '(a|b)*c', '.*.*.*x', '('])('leave %s to the search', (text) => {
    expect(marksOf({ ...query, text, isRegex: true })).toBeUndefined()
  })
})
