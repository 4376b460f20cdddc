import { formatCommand, quoteArgument } from '../command/quote'
import { decodeBytes } from './bytes'
import type { ByteText } from './model'

/** The file of a container as `docker cp` names it. */
interface Place {
  /** The container's name. */
  readonly container: string
  readonly path: ByteText
}

/** The command lines that copy the same. A path that is not UTF-8 is written by `printf`, for no quotes can hold it. */
export const fileCommands = {
  /** `docker cp web:/etc/passwd /home/me/passwd`: `local` is the path of the copy, which is not a folder yet. */
  download: (from: Place, local: string): string =>
    `docker cp --follow-link ${placeWord(from)} ${quoteArgument(local)}`,
  /** A folder, or whatever is there: a link stays a link. */
  downloadAsIs: (from: Place, local: string): string =>
    `docker cp ${placeWord(from)} ${quoteArgument(local)}`,
  downloadTar: (from: Place, local: string): string =>
    `docker cp ${placeWord(from)} - > ${quoteArgument(local)}`,
  /** Into a folder that is there. */
  upload: (local: string, to: Place): string =>
    `docker cp ${quoteArgument(local)} ${placeWord({ ...to, path: withSlash(to.path) })}`,
  /** What the editor does: the text comes from the window, so the line shows where a copy of it would be. */
  save: (local: string, to: Place): string => `docker cp ${quoteArgument(local)} ${placeWord(to)}`
} as const

function withSlash(path: ByteText): ByteText {
  return path.endsWith('/') ? path : `${path}/`
}

function placeWord({ container, path }: Place): string {
  const text = decodeBytes(path)
  if (text !== undefined) return formatCommand([`${container}:${text}`])
  const octal = path.replaceAll(/[^A-Za-z0-9_./-]/gs, octalOf)
  return `"$(printf '${container}:${octal}')"`
}

function octalOf(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
}
