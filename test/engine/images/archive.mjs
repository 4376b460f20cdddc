import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { TEST_LABEL } from '../label.mjs'

/**
 * @typedef {{ path: string, content: Buffer | string, mode?: number }
 *   | { path: string, linkTo: string }
 *   | { path: string, directory: true, mode?: number }} Entry a file, a symbolic link or a directory of the one layer
 *
 * @typedef {object} ImageRecipe
 * @property {string} reference repository:tag
 * @property {Entry[]} entries
 * @property {Record<string, unknown>} config the runtime part, in the engine's words: Cmd, Env, ...
 *
 * @typedef {object} PackedImage
 * @property {string} reference
 * @property {string} id `sha256:...`, known before the engine has it: the digest of the configuration
 * @property {string} layerDigest
 * @property {Buffer} configJson
 * @property {Buffer} layer an uncompressed tar
 */

/** Nothing in an image may depend on when it was made, or its id would change with every run. */
const CREATED = new Date('2024-01-01T00:00:00Z')

/**
 * Packs one image with one layer. The same recipe gives the same id.
 * @param {ImageRecipe} recipe
 * @returns {Promise<PackedImage>}
 */
export async function packImage({ reference, entries, config }) {
  const layer = await packEntries(entries)
  const layerDigest = digestOf(layer)
  const configJson = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      created: CREATED.toISOString(),
      config: { ...config, Labels: { [TEST_LABEL]: 'image-set' } },
      rootfs: { type: 'layers', diff_ids: [layerDigest] },
      history: [{ created: CREATED.toISOString(), created_by: `portolan test image ${reference}` }]
    })
  )
  return { reference, id: digestOf(configJson), layerDigest, configJson, layer }
}

/**
 * The images as one docker-archive, which `POST /images/load` takes.
 * @param {PackedImage[]} images
 */
export function packArchive(images) {
  const manifest = images.map((image) => ({
    Config: `${hexOf(image.id)}.json`,
    RepoTags: [image.reference],
    Layers: [`${hexOf(image.layerDigest)}/layer.tar`]
  }))
  return packEntries([
    ...images.flatMap((image, index) => [
      { path: manifest[index]?.Config ?? '', content: image.configJson },
      { path: `${hexOf(image.layerDigest)}/layer.tar`, content: image.layer }
    ]),
    { path: 'manifest.json', content: JSON.stringify(manifest) }
  ])
}

/** @param {Entry[]} entries */
function packEntries(entries) {
  const archive = pack()
  for (const entry of entries) {
    const common = { name: entry.path, mtime: CREATED, uid: 0, gid: 0 }
    if ('linkTo' in entry) archive.entry({ ...common, type: 'symlink', linkname: entry.linkTo })
    else if ('directory' in entry) {
      archive.entry({ ...common, type: 'directory', mode: entry.mode ?? 0o755 })
    } else archive.entry({ ...common, mode: entry.mode ?? 0o644 }, entry.content)
  }
  archive.finalize()
  return buffer(archive)
}

/** @param {Buffer} bytes */
function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** @param {string} digest */
function hexOf(digest) {
  return digest.slice('sha256:'.length)
}
