import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import * as zlib from 'node:zlib'
import { PortolanError } from '../../shared/bridge/errors'
import { readTar, type TarEntry } from '../tar/reader'
import { toLayerEntry, type LayerEntry } from './layer-entries'

/** What a file inside an image's archive is: a layer, JSON, or nothing of interest. */
export type Blob =
  | { readonly kind: 'layer'; readonly entries: readonly LayerEntry[] }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'other' }

const BLOCK = 512
/** A larger JSON is none of an image's. */
const MOST_JSON_BYTES = 16 * 1024 * 1024
const GZIP = [0x1f, 0x8b]
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd]

/**
 * Reads a file of an image's archive by what it holds, for its name does not always tell. Contents of files are skipped.
 * Errors: `protocol` for a damaged layer, `unsupported` for one that is packed in a way that we cannot unpack.
 */
export async function readBlob(file: TarEntry): Promise<Blob> {
  const { head, whole } = await peek(file.content)
  if (begins(head, GZIP)) return layerOf(unpack(whole, zlib.createGunzip()))
  if (begins(head, ZSTD)) return layerOf(unpack(whole, zstd()))
  if (isTar(head)) return layerOf(whole)
  const first = String.fromCharCode(head[0] ?? 0)
  if ((first === '{' || first === '[') && file.sizeBytes <= MOST_JSON_BYTES) {
    try {
      const text = (await buffer(Readable.from(whole, { objectMode: false }))).toString('utf8')
      return { kind: 'json', value: JSON.parse(text) }
    } catch {
      return { kind: 'other' }
    }
  }
  return { kind: 'other' }
}

async function layerOf(bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
  const entries: LayerEntry[] = []
  for await (const each of readTar(bytes)) {
    const entry = toLayerEntry(each)
    if (entry) entries.push(entry)
  }
  return { kind: 'layer', entries }
}

/** The first block of some bytes, and all of them. */
async function peek(
  content: AsyncIterable<Uint8Array>
): Promise<{ readonly head: Buffer; readonly whole: AsyncIterable<Uint8Array> }> {
  const iterator = content[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  for (let length = 0; length < BLOCK;) {
    const next = await iterator.next()
    if (next.done) break
    seen.push(next.value)
    length += next.value.length
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* seen
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(seen).subarray(0, BLOCK), whole: whole() }
}

function begins(head: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, at) => head[at] === byte)
}

/** A header whose checksum is right, or the zeros of an archive without entries. */
function isTar(head: Buffer): boolean {
  if (head.length < BLOCK) return false
  if (head.every((byte) => byte === 0)) return true
  const told = Number.parseInt(head.toString('latin1', 148, 156), 8)
  let sum = 8 * 0x20
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += head[at] ?? 0
  return sum === told
}

function unpack(
  bytes: AsyncIterable<Uint8Array>,
  through: NodeJS.ReadWriteStream & AsyncIterable<Uint8Array>
): AsyncIterable<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false })
  source.on('error', (error) => (through as unknown as Readable).destroy(error))
  return source.pipe(through)
}

/** Newer Nodes can; Electron's own is one. */
function zstd(): NodeJS.ReadWriteStream & AsyncIterable<Uint8Array> {
  const { createZstdDecompress } = zlib as unknown as {
    createZstdDecompress?: () => NodeJS.ReadWriteStream & AsyncIterable<Uint8Array>
  }
  if (createZstdDecompress) return createZstdDecompress()
  throw new PortolanError({
    code: 'unsupported',
    message: 'This image’s layers are packed with zstd, which cannot be unpacked here.'
  })
}
