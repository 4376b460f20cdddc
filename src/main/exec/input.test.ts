import { describe, expect, it } from 'vitest'
import { DetachKeys } from './detach-keys'
import { toldFolder } from './folder'
import { LineInput } from './line-input'

describe('LineInput', () => {
  const push = (...keys: string[]) => {
    const input = new LineInput()
    return keys.map((each) => input.push(Buffer.from(each)))
  }

  it('sends whole lines and shows what is typed', () => {
    expect(push('hel', 'lo\r')).toEqual([
      { echo: 'hel', send: '', isOver: false, interrupts: false },
      { echo: 'lo\r\n', send: 'hello\n', isOver: false, interrupts: false }
    ])
  })

  it.each([
    ['Backspace', 'ab\u007fc\r', 'ac\n'],
    ['Backspace on nothing', '\u007f\u007fa\r', 'a\n'],
    ['Ctrl+U', 'abc\u0015d\r', 'd\n'],
    ['Ctrl+W', 'one two \u0017three\r', 'one three\n'],
    ['arrows and marks of a paste', '\u001b[Aa\u001b[200~b\u001b[201~\u001bOB\r', 'ab\n'],
    ['wide characters', '漢字\u007f\r', '漢\n'],
    ['a lone escape', '\u001b', '']
  ])('takes back: %s', (_what, keys, sent) => {
    expect(
      push(keys)
        .map(({ send }) => send)
        .join('')
    ).toBe(sent)
  })

  it('ends the input by Ctrl+D on an empty line, and sends an unfinished line by it', () => {
    expect(push('\u0004')[0]?.isOver).toBe(true)
    expect(push('ab\u0004')[0]).toMatchObject({ send: 'ab', isOver: false })
  })

  it('forgets the line at Ctrl+C', () => {
    expect(push('ab\u0003', 'c\r')).toMatchObject([{ interrupts: true, send: '' }, { send: 'c\n' }])
  })
})

describe('DetachKeys', () => {
  it.each([
    ['ab', 'ab', false],
    ['a\u0010', 'a', false],
    ['a\u0010b', 'a\u0010b', false],
    ['\u0010\u0010\u0011', '\u0010', true],
    ['a\u0010\u0011b', 'a', true],
    ['\u0011', '\u0011', false]
  ])('takes %j', (typed, sent, detaches) => {
    for (const cut of [0, 1, 2]) {
      const keys = new DetachKeys()
      const parts = [typed.slice(0, cut), typed.slice(cut)].map((part) =>
        keys.push(Buffer.from(part))
      )
      expect(Buffer.concat(parts.map(({ send }) => send)).toString()).toBe(sent)
      expect(parts.some((part) => part.detaches)).toBe(detaches)
    }
  })
})

describe('toldFolder', () => {
  it.each([
    ['\u001b]7;file://host/srv/a%20b\u0007$ ', '/srv/a b'],
    ['\u001b]7;file:///tmp\u001b\\', '/tmp'],
    ['\u001b]7;file:///a\u0007\u001b]7;file:///b\u0007', '/b'],
    ['\u001b]7;file:///cut', undefined],
    ['\u001b]7;file:///bad%zz\u0007', undefined],
    ['\u001b]7;file:///a%0ab\u0007', undefined],
    ['text', undefined]
  ])('reads %j', (text, folder) => expect(toldFolder(Buffer.from(text))).toBe(folder))
})
