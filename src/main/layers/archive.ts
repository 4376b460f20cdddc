import { PortolanError } from '../../shared/bridge/errors'
import { list, object, text, texts, type Json } from '../../shared/json/read'
import { readTar } from '../tar/reader'
import { readBlob, type Blob } from './blob'
import type { LayerEntry } from './layer-entries'

/** One layer of an image's archive, in the image's order. */
export interface ArchiveLayer {
  /** The digest of its uncompressed archive. */
  readonly digest: string
  readonly entries: readonly LayerEntry[]
}

/**
 * Reads an image's archive as the engine streams it, skipping what is in the files: only what each layer says of its paths is kept.
 * `onLayer` is called for each layer that was read. Both formats: `manifest.json` with `ID/layer.tar` (engines before 25, links in the
 * place of layers that repeat), and the OCI layout.
 * Source: `GET /images/{name}/get`; moby image/spec/v1.2.md; OCI image-layout.md. Errors: `protocol`, `unsupported`.
 */
export async function readImageArchive(
  source: AsyncIterable<Uint8Array>,
  onLayer: () => void
): Promise<ArchiveLayer[]> {
  const blobs = new Map<string, Blob>()
  const links = new Map<string, string>()
  for await (const file of readTar(source)) {
    const name = file.name.replace(/^\.\//, '')
    if (file.type === '2') links.set(name, resolve(name, file.linkName))
    else if (file.type === '1') links.set(name, file.linkName.replace(/^\.\//, ''))
    else if (file.type === '0') {
      const blob = await readBlob(file)
      blobs.set(name, blob)
      if (blob.kind === 'layer') onLayer()
    }
  }
  const read = (name: string): Blob | undefined =>
    blobs.get(name) ?? blobs.get(links.get(name) ?? '')
  const json = (name: string): Json | undefined => {
    const blob = read(name)
    return blob?.kind === 'json' ? object(blob.value) : undefined
  }
  const { config, layers } = fromManifest(read) ?? fromIndex(json) ?? {}
  const digests = texts(object(json(config ?? '')?.['rootfs'])['diff_ids'])
  if (!layers || layers.length !== digests.length) throw unknownFormat()
  return layers.map((name, at) => {
    const blob = read(name)
    if (blob?.kind !== 'layer') throw unknownFormat(name)
    return { digest: digests[at] ?? '', entries: blob.entries }
  })
}

interface Parts {
  readonly config: string
  readonly layers: readonly string[]
}

function fromManifest(read: (name: string) => Blob | undefined): Parts | undefined {
  const blob = read('manifest.json')
  const [first] = blob?.kind === 'json' ? list(blob.value) : []
  return first && { config: text(first['Config']), layers: texts(first['Layers']) }
}

/** The first manifest whose layers are here: an index names other platforms, and attestations, too. */
function fromIndex(
  json: (name: string) => Json | undefined,
  name = 'index.json',
  depth = 0
): Parts | undefined {
  const index = json(name)
  if (!index || depth > 3) return undefined
  if (index['layers'] !== undefined) {
    const config = blobName(object(index['config']))
    const layers = list(index['layers']).map(blobName)
    return json(config) ? { config, layers } : undefined
  }
  for (const manifest of list(index['manifests'])) {
    if ('vnd.docker.reference.type' in object(manifest['annotations'])) continue
    const found = fromIndex(json, blobName(manifest), depth + 1)
    if (found) return found
  }
  return undefined
}

function blobName(descriptor: Json): string {
  return `blobs/${text(descriptor['digest']).replace(':', '/')}`
}

/** Where a link of the archive leads, from the archive's root. */
function resolve(name: string, target: string): string {
  const parts = name.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function unknownFormat(missing?: string): PortolanError {
  return new PortolanError({
    code: 'protocol',
    message: 'The engine’s archive of the image has a form that is not known.',
    hint: missing === undefined ? 'docker save writes the same archive.' : `It holds no ${missing}.`
  })
}
