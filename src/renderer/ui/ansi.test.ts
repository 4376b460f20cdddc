import { describe, expect, it } from 'vitest'
import { parseAnsi, stripAnsi } from './ansi'

const E = '\u001B'

describe('parseAnsi', () => {
  it('keeps colours and weights', () => {
    const { spans, end } = parseAnsi(`a${E}[1;31mb${E}[0mc${E}[94md`)
    expect(spans).toEqual([
      { text: 'a', style: {} },
      { text: 'b', style: { isBold: true, foreground: 1 } },
      { text: 'c', style: {} },
      { text: 'd', style: { foreground: 12 } }
    ])
    expect(end).toEqual({ foreground: 12 })
  })

  it('goes on from where the text before ended', () => {
    const first = parseAnsi(`${E}[32mgreen`)
    expect(parseAnsi(`still${E}[39mplain`, first.end).spans).toEqual([
      { text: 'still', style: { foreground: 2 } },
      { text: 'plain', style: {} }
    ])
  })

  it.each([
    ['38;5;9', { foreground: 9 }],
    ['38;5;208', { foreground: 'rgb(255 135 0)' }],
    ['48;5;244', { background: 'rgb(128 128 128)' }],
    ['38;2;1;2;3', { foreground: 'rgb(1 2 3)' }],
    ['38:2::1:2:3', { foreground: 'rgb(1 2 3)' }],
    ['38;5;300', {}],
    ['38;2;999;0;0', {}],
    ['38', {}],
    ['103;7', { background: 11, isInverse: true }],
    ['1;2;22;4', { isUnderlined: true }],
    ['', {}]
  ])('SGR %s', (codes, style) => {
    expect(parseAnsi(`${E}[${codes}mx`).spans).toEqual([{ text: 'x', style }])
  })

  it('after an extended colour the next code counts', () => {
    expect(parseAnsi(`${E}[38;5;1;1mx`).spans[0]?.style).toEqual({ foreground: 1, isBold: true })
  })
})

describe('stripAnsi', () => {
  it.each([
    ['a cursor’s moves', `a${E}[2K${E}[1Ab`, 'ab'],
    ['a title', `a${E}]0;evil\u0007b`, 'ab'],
    ['a title ended by ST', `a${E}]0;evil${E}\\b`, 'ab'],
    ['a clipboard write', `a${E}]52;c;ZXZpbA==\u0007b`, 'ab'],
    ['a device string', `a${E}Pq#0${E}\\b`, 'ab'],
    ['a character set', `a${E}(Bb`, 'ab'],
    ['control characters', 'a\u0000\u0007\b\u007F\u009Bb', 'ab'],
    ['marks that turn the text', 'a\u202Eb\u2066c', 'abc'],
    ['an escape at the end', `a${E}`, 'a'],
    ['nothing of a tab and emoji', 'a\t🙂é', 'a\t🙂é']
  ])('%s', (_name, text, expected) => {
    expect(stripAnsi(text)).toBe(expected)
  })
})
