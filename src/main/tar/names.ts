/**
 * File names inside an archive. On Linux a name is bytes and need not be UTF-8, so we carry names as `latin1` strings: one character
 * a byte, nothing is lost, and comparing strings sorts them as bytes, as Go does. Windows names are Unicode and stay as they are.
 */
const IS_BYTES = process.platform !== 'win32'

/** The encoding to ask `fs` for, so that it answers carried names. */
export const NAME_ENCODING: BufferEncoding = IS_BYTES ? 'latin1' : 'utf8'

/** Any character that is not ASCII: only such names need translating. */
// oxlint-disable-next-line no-control-regex
const NOT_ASCII = /[^\x00-\x7f]/

/** A carried name from ordinary text, such as a path that the window sent. */
export function nameFromText(text: string): string {
  return IS_BYTES && NOT_ASCII.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text
}

/** The bytes of a carried name, for a tar header. */
export function nameBytes(name: string): Buffer {
  return Buffer.from(name, NAME_ENCODING)
}

/** A carried name from the bytes (a `latin1` string) that a container gives a file. */
export function nameFromBytes(bytes: string): string {
  return IS_BYTES ? bytes : Buffer.from(bytes, 'latin1').toString('utf8')
}

/** A carried name for people: what is not UTF-8 becomes U+FFFD. */
export function nameText(name: string): string {
  return IS_BYTES && NOT_ASCII.test(name) ? Buffer.from(name, 'latin1').toString('utf8') : name
}

/** What `fs` takes for a carried path: bytes where a string would not do. */
export function fsPath(path: string): string | Buffer {
  return IS_BYTES && NOT_ASCII.test(path) ? Buffer.from(path, 'latin1') : path
}

/**
 * A carried name for pattern matching: code points, with each byte that is no UTF-8 as a lone surrogate (U+DC80 to U+DCFF), so that
 * two names match exactly when their bytes do.
 */
export function nameForMatching(name: string): string {
  if (!IS_BYTES || !NOT_ASCII.test(name)) return name
  return decodeWithSurrogates(Buffer.from(name, 'latin1'))
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 decoding that keeps each undecodable byte as a lone surrogate. */
export function decodeWithSurrogates(bytes: Buffer): string {
  try {
    return STRICT.decode(bytes)
  } catch {
    let text = ''
    for (let at = 0; at < bytes.length;) {
      const length = sequenceLength(bytes, at)
      text +=
        length === 0
          ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
          : bytes.toString('utf8', at, at + length)
      at += Math.max(length, 1)
    }
    return text
  }
}

/** The length of the valid UTF-8 sequence at `at`, or 0. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  if (length === 0 || at + length > bytes.length) return 0
  try {
    STRICT.decode(bytes.subarray(at, at + length))
    return length
  } catch {
    return 0
  }
}
