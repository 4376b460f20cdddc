import type { ByteText } from '../../shared/files/model'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Bytes of one character each, see {@link ByteText}. */
export function bytesOf(name: ByteText): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(name, (character) => character.charCodeAt(0))
}

/** What a person typed, as a container has it. */
export function nameFromText(text: string): ByteText {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}

/** A name for the screen: no line ends, nothing that turns the reading direction, U+FFFD for what is not UTF-8. */
export function nameText(name: ByteText): string {
  return (
    decoder
      .decode(bytesOf(name))
      // oxlint-disable-next-line no-control-regex -- they get pictures of their own
      .replaceAll(/[\u0000-\u001f]/g, (character) =>
        String.fromCharCode(0x2400 + character.charCodeAt(0))
      )
      .replaceAll(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
  )
}
