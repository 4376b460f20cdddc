import { describe, expect, it } from 'vitest'
import { cleanPaste, hasLineBreak, terminalKey, type KeyPress } from './terminal-keys'

const none = { type: 'keydown', ctrlKey: false, shiftKey: false, altKey: false, metaKey: false }
const ctrl = { ctrlKey: true }
const shift = { shiftKey: true }
const meta = { metaKey: true }

function keyOf(press: Partial<KeyPress> & { code: string }, isMac = false) {
  return terminalKey({ ...none, ...press }, isMac)
}

describe('terminalKey', () => {
  it('knows the keys of Linux and Windows', () => {
    expect(keyOf({ code: 'KeyC', ...ctrl, ...shift })).toBe('copy')
    expect(keyOf({ code: 'KeyV', ...ctrl, ...shift })).toBe('paste')
    expect(keyOf({ code: 'Insert', ...ctrl })).toBe('copy')
    expect(keyOf({ code: 'Insert', ...shift })).toBe('paste')
  })

  it('leaves the program its own', () => {
    for (const press of [
      { code: 'KeyC', ...ctrl },
      { code: 'KeyV', ...ctrl },
      { code: 'Insert' },
      { code: 'Insert', ...ctrl, ...shift },
      { code: 'KeyC', ...ctrl, ...shift, altKey: true },
      { code: 'KeyC', ...meta }
    ])
      expect(keyOf(press)).toBe('program')
  })

  it('knows the keys of a Mac', () => {
    expect(keyOf({ code: 'KeyC', ...meta }, true)).toBe('copy')
    expect(keyOf({ code: 'KeyV', ...meta }, true)).toBe('paste')
    expect(keyOf({ code: 'KeyC', ...ctrl }, true)).toBe('program')
    expect(keyOf({ code: 'KeyC', ...ctrl, ...shift }, true)).toBe('program')
  })
})

describe('cleanPaste', () => {
  it('lets nothing end the bracketed paste', () => {
    expect(cleanPaste('safe\u001b[201~\nrm -rf /\u009b201~')).toBe('safe[201~\nrm -rf /201~')
  })

  it('keeps text, tabs and line breaks', () => {
    const text = 'привет\t漢字\r\n👩‍👩‍👧\n'
    expect(cleanPaste(text)).toBe(text)
  })
})

describe('hasLineBreak', () => {
  it('sees several lines, and one that would run at once', () => {
    expect(hasLineBreak('a\nb')).toBe(true)
    expect(hasLineBreak('a\r')).toBe(true)
    expect(hasLineBreak('a b')).toBe(false)
  })
})
