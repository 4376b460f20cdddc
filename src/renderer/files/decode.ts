/** The encodings that a text can be looked at in. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1251',
  'windows-1252',
  'koi8-r',
  'shift_jis',
  'gbk'
] as const
export type Encoding = (typeof ENCODINGS)[number]

/** What a file's first bytes are. */
export type Content =
  | { readonly kind: 'text'; readonly encoding: Encoding }
  | { readonly kind: 'picture'; readonly type: string }
  | { readonly kind: 'binary' }

const PICTURES: readonly [type: string, magic: readonly (number | undefined)[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  [
    'image/webp',
    [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50]
  ]
]

/** Tells what a file is by its bytes, never by its name. An SVG is text: it is shown as such, for it may hold scripts. */
export function contentOf(bytes: Uint8Array): Content {
  const picture = PICTURES.find(([, magic]) =>
    magic.every((byte, at) => byte === undefined || bytes[at] === byte)
  )
  if (picture) return { kind: 'picture', type: picture[0] }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', encoding: 'utf-16le' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', encoding: 'utf-16be' }
  const head = bytes.subarray(0, 8192)
  if (head.some(isNoText)) return { kind: 'binary' }
  if (isUtf8(bytes)) return { kind: 'text', encoding: 'utf-8' }
  return { kind: 'text', encoding: looksCyrillic(head) ? 'windows-1251' : 'windows-1252' }
}

/** A text in an encoding; a byte order mark stays, so that what is saved has it too. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  // What is cut in the middle of a character ends before it.
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes, { stream: true })
}

/** Bytes as `hexdump -C` shows them, sixteen a line. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'))
    const halves = `${hex.slice(0, 8).join(' ').padEnd(23)}  ${hex.slice(8).join(' ').padEnd(23)}`
    const text = row
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
      .join('')
    lines.push(`${at.toString(16).padStart(8, '0')}  ${halves}  ${text}`)
  }
  return lines.join('\n')
}

/** Control characters that no text has: not tab, line ends, form feed, escape (a log has colours). */
function isNoText(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32 && byte !== 27)
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** In windows-1251 the letters are 0xC0 to 0xFF and stand in words; in western texts such bytes are rare. */
function looksCyrillic(bytes: Uint8Array): boolean {
  const high = bytes.filter((byte) => byte >= 0xc0).length
  return high > bytes.length / 10
}
