import type { FileKind } from '../../shared/files/model'

/** The kind of a Unix mode, such as `stat` tells: its bits of S_IFMT. */
export function kindOfUnixMode(mode: number): FileKind {
  switch (mode & 0o170000) {
    case 0o040000:
      return 'folder'
    case 0o120000:
      return 'link'
    case 0o010000:
      return 'pipe'
    case 0o140000:
      return 'socket'
    case 0o020000:
    case 0o060000:
      return 'device'
    default:
      return 'file'
  }
}

/** The kind of a tar entry by its type flag. */
export function kindOfTarType(type: string): FileKind {
  switch (type) {
    case '5':
      return 'folder'
    case '2':
      return 'link'
    case '3':
    case '4':
      return 'device'
    case '6':
      return 'pipe'
    default:
      return 'file'
  }
}

/** Bits of Go's `os.FileMode`. They reach over 31 bits, where JavaScript's `&` has no sign to spare. */
const GO = { folder: 31, link: 27, device: 26, pipe: 25, socket: 24, setuid: 23, setgid: 22 }
const GO_STICKY = 20

/** The kind and the permission bits of Go's `os.FileMode`. Source: Go `io/fs`, FileMode. */
export function ofGoMode(goMode: number): { readonly kind: FileKind; readonly mode: number } {
  const has = (bit: number): boolean => Math.floor(goMode / 2 ** bit) % 2 === 1
  const kinds = ['folder', 'link', 'device', 'pipe', 'socket'] as const
  return {
    kind: kinds.find((kind) => has(GO[kind])) ?? 'file',
    mode:
      (goMode & 0o777) |
      (has(GO.setuid) ? 0o4000 : 0) |
      (has(GO.setgid) ? 0o2000 : 0) |
      (has(GO_STICKY) ? 0o1000 : 0)
  }
}
