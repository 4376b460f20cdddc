import { baseOf } from '../../shared/files/paths'
import type { ByteText } from '../../shared/files/model'
import { nameText } from '../tar/names'

/** What a container's file is called here, where that can be written at all; the root of a container is `root`. */
export function localName(path: ByteText): string {
  const name = nameText(baseOf(path)) || 'root'
  if (process.platform !== 'win32') return name
  // eslint-disable-next-line no-control-regex -- control characters are what it replaces
  return name.replaceAll(/[\u0000-\u001f\\:*?"<>|]/g, '_').replace(/[. ]+$/, '_')
}
