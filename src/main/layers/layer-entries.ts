import type { FileKind } from '../../shared/files/model'
import { kindOfTarType } from '../archive/kinds'
import type { TarEntry } from '../tar/reader'

/** What one layer says of a path. Names are bytes: one character a byte. */
export interface LayerEntry {
  /** Without a leading or trailing slash; empty for the root itself. */
  readonly path: string
  /** `gone`: a file of the layers below is not there any more. `emptied`: nothing of what they have in the folder is. */
  readonly what: FileKind | 'gone' | 'emptied'
  readonly mode: number
  readonly sizeBytes: number
  readonly modifiedAtMs: number
  readonly uid: number
  readonly gid: number
  /** What a symbolic link says, or the path of the file that a hard link is another name of. */
  readonly linkTarget?: string
  readonly isHardLink?: boolean
}

const WHITEOUT = '.wh.'
const OPAQUE = '.wh..wh..opq'
/** Other names of AUFS, which are no files of anybody's. */
const AUFS = '.wh..wh.'

/** An entry of a layer's archive; nothing for what is none. Source: OCI image-spec layer.md, "Whiteouts". */
export function toLayerEntry(entry: TarEntry): LayerEntry | undefined {
  const path = plainPath(entry.name)
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  const { mode, modifiedAtMs, uid, gid } = entry
  const common = { mode, modifiedAtMs, uid, gid }
  if (name.startsWith(WHITEOUT)) {
    const folder = slash < 0 ? '' : path.slice(0, slash)
    if (name === OPAQUE) return { ...common, path: folder, what: 'emptied', sizeBytes: 0 }
    if (name.startsWith(AUFS)) return undefined
    const gone = path.slice(0, slash + 1) + name.slice(WHITEOUT.length)
    return { ...common, path: gone, what: 'gone', sizeBytes: 0 }
  }
  if (entry.type === '1') {
    const linkTarget = plainPath(entry.linkName)
    return { ...common, path, what: 'file', sizeBytes: 0, linkTarget, isHardLink: true }
  }
  const what = kindOfTarType(entry.type)
  return {
    ...common,
    path,
    what,
    sizeBytes: what === 'file' ? entry.sizeBytes : 0,
    ...(what === 'link' && { linkTarget: entry.linkName })
  }
}

/** A path without its slashes at either end, `./` and empty parts. */
function plainPath(path: string): string {
  if (!/^[./]|\/\/|\/\.\/|\/$/.test(path)) return path
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}
