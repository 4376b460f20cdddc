import { describe, expect, it } from 'vitest'
import { contentOf, decodeText, hexDump } from './decode'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('contentOf', () => {
  it.each([
    ['UTF-8', encode('привет, 日本'), { kind: 'text', encoding: 'utf-8' }],
    [
      'UTF-8 cut in a character',
      encode('привет').subarray(0, 11),
      { kind: 'text', encoding: 'utf-8' }
    ],
    ['nothing', new Uint8Array(), { kind: 'text', encoding: 'utf-8' }],
    ['colours of a log', encode('\u001b[31mred'), { kind: 'text', encoding: 'utf-8' }],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 65, 0), { kind: 'text', encoding: 'utf-16le' }],
    [
      'windows-1251',
      Uint8Array.of(0xef, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2),
      { kind: 'text', encoding: 'windows-1251' }
    ],
    [
      'a western text',
      encode('caf_ au lait, garcon').map((byte) => (byte === 0x5f ? 0xe9 : byte)),
      { kind: 'text', encoding: 'windows-1252' }
    ],
    ['a program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 1, 1, 0), { kind: 'binary' }],
    [
      'PNG',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0),
      { kind: 'picture', type: 'image/png' }
    ],
    ['WebP', encode('RIFF1234WEBPVP8 '), { kind: 'picture', type: 'image/webp' }],
    ['another RIFF', encode('RIFF1234WAVEfmt '), { kind: 'text', encoding: 'utf-8' }],
    [
      'an SVG, which is text',
      encode('<svg onload="alert(1)"/>'),
      { kind: 'text', encoding: 'utf-8' }
    ]
  ])('tells %s', (_what, bytes, content) => {
    expect(contentOf(bytes)).toEqual(content)
  })
})

describe('decodeText', () => {
  it('keeps a byte order mark and line ends', () => {
    expect(decodeText(encode('\ufeffa\r\nb'), 'utf-8')).toBe('\ufeffa\r\nb')
  })
})

describe('hexDump', () => {
  it('writes sixteen bytes a line', () => {
    expect(hexDump(encode('0123456789abcdef\u0000!'))).toBe(
      '00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n' +
        '00000010  00 21                                             .!'
    )
  })
})
