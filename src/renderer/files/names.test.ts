import { expect, it } from 'vitest'
import { modeText } from '../ui/mode-text'
import { nameFromText, nameText } from '../ui/byte-names'

it.each(['a', 'привет', '日本 😀', '$(rm -rf x)'])('carries %s there and back', (text) => {
  expect(nameText(nameFromText(text))).toBe(text)
})

it('shows what a name may not do to the line that it stands in', () => {
  expect(nameText('a\nb')).toBe('a␊b')
  expect(nameText(nameFromText('a\u202egpj.exe'))).toBe('a\ufffdgpj.exe')
  expect(nameText('bad\u00ff')).toBe('bad\ufffd')
})

it.each([
  ['file', 0o644, '-rw-r--r--'],
  ['folder', 0o1777, 'drwxrwxrwt'],
  ['file', 0o4751, '-rwsr-x--x'],
  ['file', 0o6644, '-rwSr-Sr--'],
  ['link', 0o777, 'lrwxrwxrwx']
] as const)('writes the mode of a %s %o as %s', (kind, mode, text) => {
  expect(modeText(kind, mode)).toBe(text)
})
