import type { ByteText } from './model'

/** UTF-8 as text; undefined for bytes that are none. */
export function decodeBytes(bytes: ByteText): string | undefined {
  try {
    return decodeURIComponent(bytes.replaceAll(/[^A-Za-z0-9]/gs, percent))
  } catch {
    return undefined
  }
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
