import type { Readable } from 'node:stream'
import { extract, type Header } from 'tar-stream'
import { PortolanError } from '../../shared/bridge/errors'
import type { FileSide, PathStat } from '../../shared/changes/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/** A path of a container and, of a file that is small enough, its bytes. */
export interface Entry {
  readonly side: FileSide
  /** Absent where it is no file, or one larger than was asked for. */
  readonly bytes?: Buffer
}

/** Go's `os.ModeDir` and the like, as the engine writes them. */
const GO_MODE = { directory: 0x80000000, link: 0x08000000, irregular: 0x03280000 } as const

/** What is at a path; undefined where nothing is. Source: `HEAD /containers/{id}/archive`. Errors: as `Engine.do`. */
export async function statPath(
  engine: Engine,
  doing: Doing,
  containerId: string,
  path: string
): Promise<PathStat | undefined> {
  const header = await unlessMissing(async () => {
    const response = (await engine.do(doing, (docker) =>
      docker.getContainer(containerId).infoArchive({ path })
    )) as Readable & { headers: Record<string, string | undefined> }
    response.on('error', () => undefined)
    response.resume()
    return response.headers['x-docker-container-path-stat']
  })
  if (header === undefined) return undefined
  const { size, mode, linkTarget } = JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as {
    size: number
    mode: number
    linkTarget: string
  }
  const type =
    mode >= GO_MODE.directory
      ? 'directory'
      : (mode & GO_MODE.link) !== 0
        ? 'link'
        : (mode & GO_MODE.irregular) !== 0
          ? 'other'
          : 'file'
  return {
    path,
    type,
    ...(type === 'file' && { sizeBytes: size }),
    ...(type === 'link' && { linkTarget })
  }
}

/**
 * Reads a path: what it is, and the bytes of a file of at most `maxBytes`. Of a folder only its own entry is read.
 * Source: `GET /containers/{id}/archive`. Errors: as `Engine.do`.
 */
export async function readPath(
  engine: Engine,
  doing: Doing,
  containerId: string,
  path: string,
  maxBytes: number
): Promise<Entry> {
  const entry = await unlessMissing(async () => {
    const stream = (await engine.do(doing, (docker) =>
      docker.getContainer(containerId).getArchive({ path })
    )) as Readable
    return firstEntry(stream, maxBytes)
  })
  return entry ?? { side: { type: 'none' } }
}

async function firstEntry(stream: Readable, maxBytes: number): Promise<Entry | undefined> {
  const reader = extract()
  stream.on('error', (error) => reader.destroy(error))
  stream.pipe(reader)
  try {
    for await (const entry of reader) {
      const side = sideOf(entry.header)
      if (side.type !== 'file' || side.sizeBytes > maxBytes) return { side }
      const chunks: Buffer[] = []
      for await (const chunk of entry) chunks.push(chunk as Buffer)
      return { side, bytes: Buffer.concat(chunks) }
    }
    return undefined
  } finally {
    reader.destroy()
    stream.destroy()
  }
}

function sideOf(header: Header): FileSide & { readonly sizeBytes: number } {
  const type =
    header.type === 'directory'
      ? 'directory'
      : header.type === 'symlink'
        ? 'link'
        : header.type === 'file' || header.type === 'contiguous-file' || !header.type
          ? 'file'
          : 'other'
  return {
    type,
    sizeBytes: header.size ?? 0,
    mode: (header.mode ?? 0) & 0o7777,
    owner: `${header.uid ?? 0}:${header.gid ?? 0}`,
    ...(type === 'link' && { linkTarget: header.linkname ?? '' })
  }
}

async function unlessMissing<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return undefined
    throw thrown
  }
}
