import { expect, it } from 'vitest'
import { visibleText } from './visible-text'

it('shows what would hide or reorder text, and leaves the rest', () => {
  expect(visibleText('plain\tтекст 文字')).toBe('plain\tтекст 文字')
  expect(visibleText('\u001b[31mred\r\n')).toBe('␛[31mred␍␊')
  expect(visibleText('a\u202Etxt.exe\u007F')).toBe(String.raw`a\u202etxt.exe␡`)
})
