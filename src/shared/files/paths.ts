import type { ByteText } from './model'

/** A name in a folder, as a path. */
export function joinPath(folder: ByteText, name: ByteText): ByteText {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}

/** The folder that a path is in; `/` is in itself. */
export function parentOf(path: ByteText): ByteText {
  const plain = path.replace(/\/+$/, '')
  return plain.slice(0, Math.max(0, plain.lastIndexOf('/'))) || '/'
}

/** A path's last name; empty for `/`. */
export function baseOf(path: ByteText): ByteText {
  const plain = path.replace(/\/+$/, '')
  return plain.slice(plain.lastIndexOf('/') + 1)
}

/** An absolute path without `.`, `..` and doubled slashes, as a person means it. */
export function cleanPath(path: ByteText): ByteText {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}
