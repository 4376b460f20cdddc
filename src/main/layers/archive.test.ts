import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { encodeHeader, END_OF_ARCHIVE, padding, TAR_TYPE } from '../tar/header'
import { readImageArchive } from './archive'

interface Part {
  readonly name: string
  readonly content?: Buffer | string
  readonly linkTo?: string
}

async function tar(parts: readonly Part[]): Promise<Buffer> {
  const archive = pack()
  for (const { name, content, linkTo } of parts)
    if (linkTo === undefined) archive.entry({ name }, content ?? '')
    else archive.entry({ name, type: 'symlink', linkname: linkTo })
  archive.finalize()
  return buffer(archive)
}

async function* inPieces(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(parts: readonly Part[]) {
  let layers = 0
  const found = await readImageArchive(inPieces(await tar(parts)), () => (layers += 1))
  return {
    layers,
    found: found.map(({ digest, entries }) => [
      digest,
      ...entries.map(({ path, what }) => `${what} ${path}`)
    ])
  }
}

const config = (...digests: string[]): string =>
  JSON.stringify({ rootfs: { type: 'layers', diff_ids: digests } })
const one = () => tar([{ name: './etc/a', content: 'x'.repeat(3000) }, { name: 'etc/.wh.b' }])
const two = () => tar([{ name: 'srv/.wh..wh..opq' }, { name: 'srv/.wh..wh.plnk' }])

describe('the archive of an image', () => {
  it('is read in the form of older engines, where a layer that repeats is a link', async () => {
    const result = await read([
      { name: 'v1/VERSION', content: '1.0' },
      { name: 'v1/json', content: '{}' },
      { name: 'v1/layer.tar', content: await one() },
      { name: 'v2/layer.tar', content: await two() },
      { name: 'v3/layer.tar', linkTo: '../v1/layer.tar' },
      { name: 'conf.json', content: config('d1', 'd2', 'd1') },
      {
        name: 'manifest.json',
        content: JSON.stringify([
          { Config: 'conf.json', Layers: ['v1/layer.tar', 'v2/layer.tar', 'v3/layer.tar'] }
        ])
      }
    ])
    expect(result).toEqual({
      layers: 2,
      found: [
        ['d1', 'file etc/a', 'gone etc/b'],
        ['d2', 'emptied srv'],
        ['d1', 'file etc/a', 'gone etc/b']
      ]
    })
  })

  it('is read in the OCI layout, packed or not, whatever else its index names', async () => {
    const manifest = (config: string, ...layers: string[]): string =>
      JSON.stringify({
        config: { digest: `sha256:${config}` },
        layers: layers.map((hex) => ({ digest: `sha256:${hex}` }))
      })
    const result = await read([
      { name: 'blobs/sha256/aa', content: gzipSync(await one()) },
      { name: 'blobs/sha256/bb', content: await two() },
      { name: 'blobs/sha256/cc', content: config('d1', 'd2') },
      { name: 'blobs/sha256/dd', content: manifest('cc', 'aa', 'bb') },
      {
        name: 'blobs/sha256/ee',
        content: JSON.stringify({
          manifests: [
            { digest: 'sha256:99' },
            { digest: 'sha256:dd', annotations: { 'vnd.docker.reference.type': 'x' } },
            { digest: 'sha256:dd' }
          ]
        })
      },
      {
        name: 'index.json',
        content: JSON.stringify({ manifests: [{ digest: 'sha256:ee' }] })
      },
      { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' }
    ])
    expect(result.found).toEqual([
      ['d1', 'file etc/a', 'gone etc/b'],
      ['d2', 'emptied srv']
    ])
  })

  it('may have as many layers as an image can', async () => {
    const places = Array.from({ length: 127 }, (_, at) => at)
    const layers = await Promise.all(places.map((at) => tar([{ name: `f${at}`, content: 'x' }])))
    const result = await read([
      ...layers.map((content, at) => ({ name: `v${at}/layer.tar`, content })),
      { name: 'c.json', content: config(...places.map((at) => `d${at}`)) },
      {
        name: 'manifest.json',
        content: JSON.stringify([
          { Config: 'c.json', Layers: places.map((at) => `v${at}/layer.tar`) }
        ])
      }
    ])
    expect(result.found).toEqual(places.map((at) => [`d${at}`, `file f${at}`]))
  })

  it('may have layers without files, and names that are no text', async () => {
    const odd = Buffer.concat([
      encodeHeader({
        name: 'bad\u00ff',
        type: TAR_TYPE.file,
        mode: 0o644,
        sizeBytes: 3,
        modifiedAtS: 1
      }),
      Buffer.from('abc'),
      Buffer.alloc(padding(3)),
      encodeHeader({
        name: 'hard',
        type: TAR_TYPE.hardLink,
        linkName: './bad\u00ff',
        mode: 0o644,
        sizeBytes: 0,
        modifiedAtS: 1
      }),
      END_OF_ARCHIVE
    ])
    const bytes = await tar([
      { name: 'a/layer.tar', content: END_OF_ARCHIVE },
      { name: 'b/layer.tar', content: odd },
      { name: 'c.json', content: config('d1', 'd2') },
      {
        name: 'manifest.json',
        content: JSON.stringify([{ Config: 'c.json', Layers: ['a/layer.tar', 'b/layer.tar'] }])
      }
    ])
    const [empty, files] = await readImageArchive(inPieces(bytes, 77), () => undefined)
    expect(empty?.entries).toEqual([])
    expect(files?.entries).toMatchObject([
      { path: 'bad\u00ff', sizeBytes: 3 },
      { path: 'hard', isHardLink: true, linkTarget: 'bad\u00ff', sizeBytes: 0 }
    ])
  })

  it.each([
    ['nothing of an image', [{ name: 'x', content: 'y' }]],
    [
      'a manifest of a layer that is not there',
      [
        { name: 'c.json', content: config('d1') },
        {
          name: 'manifest.json',
          content: JSON.stringify([{ Config: 'c.json', Layers: ['a/layer.tar'] }])
        }
      ]
    ]
  ])('that holds %s is refused', async (_what, parts) => {
    await expect(read(parts)).rejects.toMatchObject({ code: 'protocol' })
  })

  it('that is cut off is refused', async () => {
    const bytes = await tar([{ name: 'a/layer.tar', content: await one() }])
    await expect(
      readImageArchive(inPieces(bytes.subarray(0, 1500)), () => undefined)
    ).rejects.toMatchObject({ code: 'protocol' })
  })
})
