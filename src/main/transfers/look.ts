import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { PortolanError } from '../../shared/bridge/errors'
import type { ArchiveKind, ArchiveLook } from '../../shared/transfers/model'

/** A tar's first header, and all that is looked at of a larger file. */
const HEADER_BYTES = 512
/** More than enough of a compressed file for its first header. */
const HEAD_BYTES = 64 * 1024

/** The first names in what `docker save` has written, of any version. */
const IMAGE_ENTRY =
  /^(\.\/)?(blobs(\/|$)|oci-layout$|index\.json$|manifest\.json$|repositories$|[a-f0-9]{64}(\/|\.json$))/

/** How files begin that the engine unpacks by itself, and we do not. */
const OTHER_COMPRESSIONS = [
  Buffer.from('BZh'),
  Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]),
  Buffer.from([0x28, 0xb5, 0x2f, 0xfd])
]

/** What a local archive seems to hold, by its first entry. Errors: `not-found`, `permission-denied`. */
export async function lookAtArchive(localPath: string): Promise<ArchiveLook> {
  try {
    const stats = await stat(localPath)
    if (stats.isDirectory()) return { kind: 'folder' }
    if (!stats.isFile()) return { kind: 'no-archive' }
    const head = await headOf(localPath)
    if (OTHER_COMPRESSIONS.some((magic) => head.subarray(0, magic.length).equals(magic)))
      return { kind: 'unknown', sizeBytes: stats.size }
    const isGzip = head[0] === 0x1f && head[1] === 0x8b
    const kind = kindOf(isGzip ? await unzippedHead(localPath) : head)
    return kind ? { kind, sizeBytes: stats.size } : { kind: 'no-archive' }
  } catch (thrown) {
    throw unreadable(localPath, thrown)
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await file.read(head, 0, HEADER_BYTES, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** What is cut off in the middle has given its first header before. */
async function unzippedHead(path: string): Promise<Buffer> {
  const source = createReadStream(path, { end: HEAD_BYTES - 1 })
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes >= HEADER_BYTES) break
    }
  } catch {
    // Too short, or no gzip after all: what there is tells.
  } finally {
    source.destroy()
  }
  return Buffer.concat(pieces).subarray(0, HEADER_BYTES)
}

function kindOf(header: Buffer): ArchiveKind | undefined {
  if (header.length < HEADER_BYTES) return undefined
  const isTar = header.toString('latin1', 257, 262) === 'ustar' || hasOldChecksum(header)
  if (!isTar) return undefined
  const name = header.toString('latin1', 0, 100).replace(/\0.*$/s, '')
  return IMAGE_ENTRY.test(name) ? 'images' : 'file-system'
}

/** Archives from before POSIX have no mark, and the sum of their bytes all the same. */
function hasOldChecksum(header: Buffer): boolean {
  const told = parseInt(header.toString('latin1', 148, 156).trim(), 8)
  const sum = header.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0)
  return sum === told
}

/** A local file that cannot be read, in words. */
export function unreadable(localPath: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('code' in cause)) return cause
  const isDenied = cause.code === 'EACCES' || cause.code === 'EPERM'
  const isGone = cause.code === 'ENOENT' || cause.code === 'ENOTDIR'
  if (!isDenied && !isGone) return cause
  return new PortolanError(
    {
      code: isDenied ? 'permission-denied' : 'not-found',
      message: isDenied ? `You may not read ${localPath}.` : `${localPath} is not there.`,
      hint: isDenied ? 'Change its permissions, or choose another file.' : 'Choose another file.',
      engineMessage: cause.message,
      subject: { kind: 'file', name: localPath }
    },
    { cause }
  )
}
