import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { ImageFiles } from '../../src/main/layers/image-files'
import { listStrata } from '../../src/main/layers/operations'
import { findSharing } from '../../src/main/layers/sharing'
import type { FilesView } from '../../src/shared/layers/files-model'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** An image built by the docker CLI from a Dockerfile. */
async function build(dockerfile: string): Promise<{ readonly id: string; readonly tag: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'layers-'))
  const tag = `${uniqueName('test/layers')}:1`
  cleanup.add(() => docker(['rmi', '--force', tag]))
  cleanup.add(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'Dockerfile'), dockerfile)
  await docker(['build', '--no-cache', '--tag', tag, ...LABEL_ARGS, folder])
  return { tag, id: await idOf(tag) }
}

/** An image of many layers with one file each, loaded: building it takes far longer. */
async function loadDeep(count: number): Promise<string> {
  const layers = await Promise.all(
    Array.from({ length: count }, (_, at) => tarOf([{ name: `f${at}`, content: String(at) }]))
  )
  const tag = `${uniqueName('test/deep')}:1`
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Cmd: ['/f0'], Labels: { [TEST_LABEL]: '1' } },
    rootfs: {
      type: 'layers',
      diff_ids: layers.map((bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`)
    },
    history: layers.map((_, at) => ({ created_by: `COPY f${at} / # buildkit` }))
  })
  const archive = await tarOf([
    ...layers.map((content, at) => ({ name: `${at}/layer.tar`, content })),
    { name: 'config.json', content: config },
    {
      name: 'manifest.json',
      content: JSON.stringify([
        {
          Config: 'config.json',
          RepoTags: [tag],
          Layers: layers.map((_, at) => `${at}/layer.tar`)
        }
      ])
    }
  ])
  cleanup.add(() => docker(['rmi', '--force', tag]))
  await engine.do({ operation: 'test' }, async (docker) =>
    text((await docker.loadImage(Readable.from([archive]))) as Readable)
  )
  return idOf(tag)
}

function tarOf(
  files: readonly { readonly name: string; readonly content: Buffer | string }[]
): Promise<Buffer> {
  const archive = pack()
  for (const { name, content } of files) archive.entry({ name }, content)
  archive.finalize()
  return buffer(archive)
}

async function idOf(reference: string): Promise<string> {
  return (await docker(['image', 'inspect', '--format', '{{.Id}}', reference])).trim()
}

describe('an image’s layers', () => {
  it('are told with what made them, sizes, and which have no files', async () => {
    const { id } = await build(
      `FROM ${imageReference('busybox')}
ENV MODE=calm
RUN echo 12345 > /five
RUN true
WORKDIR /srv
CMD ["cat", "/five"]`
    )
    const strata = await listStrata(engine, id)
    const digests = JSON.parse(
      await docker(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', id])
    ) as string[]
    expect(strata.flatMap(({ digest }) => digest ?? [])).toEqual(digests)
    expect(
      strata.slice(1).map(({ instruction: { keyword, text }, sizeBytes }) => ({
        line: `${keyword} ${text}`,
        sizeBytes
      }))
    ).toMatchObject([
      { line: 'ENV MODE=calm', sizeBytes: 0 },
      { line: 'RUN echo 12345 > /five', sizeBytes: 6 },
      { line: 'RUN true', sizeBytes: 0 },
      { line: 'WORKDIR /srv', sizeBytes: 0 },
      { line: 'CMD ["cat", "/five"]', sizeBytes: 0 },
      { line: expect.stringMatching(/^LABEL/), sizeBytes: 0 }
    ])
    expect(strata.find(({ sizeBytes }) => sizeBytes === 6)).toMatchObject({ layer: 1 })
  })

  it('are compared with those of the others, and the nearest base is found', async () => {
    const base = await build(`FROM ${imageReference('busybox')}\nRUN echo base > /base\nENV B=1`)
    const child = await build(`FROM ${base.tag}\nENV C=1\nRUN echo child > /child`)
    const relabelled = await build(`FROM ${base.tag}\nENV D=1`)
    const sharing = await findSharing(engine, child.id)
    const depth = (await listStrata(engine, base.id)).filter(({ layer }) => layer !== undefined)
    expect(sharing.base).toMatchObject({ imageId: base.id, layers: depth.length })
    expect(sharing.images).toContainEqual({
      imageId: base.id,
      layers: depth.length,
      ofLayers: depth.length
    })
    expect(sharing.images).toContainEqual(
      expect.objectContaining({ imageId: await idOf(imageReference('busybox')), layers: 1 })
    )
    // One that only changes the configuration has all layers of its base.
    expect((await findSharing(engine, relabelled.id)).base).toMatchObject({ imageId: base.id })
    expect((await findSharing(engine, base.id)).base).toMatchObject({
      imageId: await idOf(imageReference('busybox'))
    })
  })

  it('of an image that is not there are not found', async () => {
    const nobody = `sha256:${'f'.repeat(64)}`
    await expect(listStrata(engine, nobody)).rejects.toMatchObject({ code: 'not-found' })
    await expect(findSharing(engine, nobody)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are none where it is made of configuration alone', async () => {
    const { id } = await build('FROM scratch\nCMD ["/nothing"]')
    expect((await listStrata(engine, id)).filter(({ layer }) => layer !== undefined)).toEqual([])
    expect(await findSharing(engine, id)).toEqual({ images: [] })
  })
})

describe('the files of an image', () => {
  async function read(id: string): Promise<ImageFiles> {
    const files = await ImageFiles.read(engine, id, new AbortController().signal, () => undefined)
    cleanup.add(() => files.close())
    return files
  }

  /** Paths that a layer changed, with what it did. */
  async function changesOf(files: ImageFiles, layer: number): Promise<string[]> {
    const view: FilesView = { layer, scope: 'layer', changes: [] }
    const found = await files.ask({ kind: 'find', view, text: '/' })
    return found.files.map(({ name, change }) => `${change} ${name}`)
  }

  it('are told by layer: added, changed, removed, linked, renamed; and what is wasted', async () => {
    const { id } = await build(
      `FROM ${imageReference('busybox')}
RUN mkdir -p /srv/deep && dd if=/dev/zero of=/srv/big bs=1k count=64 && echo a > /srv/deep/a && ln /srv/big /srv/hard && ln -s big /srv/soft
RUN echo b > /srv/deep/a && rm /srv/big /usr/bin/env && mv /srv/soft /srv/softer
RUN rm -r /srv/deep && mkdir /srv/deep && touch "/srv/deep/$(printf 'bad\\377')"`
    )
    const strata = await listStrata(engine, id)
    const files = await read(id)
    expect(files.summary.layers.map(({ digest }) => digest)).toEqual(
      strata.flatMap(({ digest }) => digest ?? [])
    )
    expect(await changesOf(files, 1)).toEqual(
      expect.arrayContaining([
        'added /srv',
        'added /srv/big',
        'added /srv/deep/a',
        'added /srv/hard',
        'added /srv/soft'
      ])
    )
    expect(await changesOf(files, 2)).toEqual(
      expect.arrayContaining([
        'changed /srv/deep/a',
        'removed /srv/big',
        'removed /usr/bin/env',
        'removed /srv/soft',
        'added /srv/softer'
      ])
    )
    expect(await changesOf(files, 3)).toEqual(
      expect.arrayContaining(['removed /srv/deep/a', 'added /srv/deep/bad\ufffd'])
    )
    expect(files.summary.wasted).toContainEqual({
      path: '/srv/deep/a',
      bytes: 4,
      layers: [1, 2, 3],
      isGone: true
    })
    const all: FilesView = { layer: 3, scope: 'all', changes: [] }
    const root = await files.ask({ kind: 'folder', view: all, node: 0 })
    // What a container of it sees.
    const seen = await docker(['run', '--rm', '--network', 'none', id, 'ls', '-A', '/bin'])
    const bin = root.files.find(({ name }) => name === 'bin')
    const listed = await files.ask({ kind: 'folder', view: all, node: bin?.node ?? -1 })
    expect(listed.files.map(({ name }) => name).toSorted()).toEqual(
      seen.split('\n').filter(Boolean).toSorted()
    )
  })

  // The engine takes its time to unpack that many layers.
  it('are read of an image with many layers', async () => {
    const id = await loadDeep(30)
    expect((await listStrata(engine, id)).filter(({ layer }) => layer !== undefined)).toHaveLength(
      30
    )
    const files = await read(id)
    expect(files.summary).toMatchObject({ pathCount: 30, wastedBytes: 0 })
    expect(await changesOf(files, 29)).toEqual(['added /f29'])
  }, 180_000)

  it('are not read of an image that is gone, nor when it is cancelled', async () => {
    await expect(read(`sha256:${'f'.repeat(64)}`)).rejects.toMatchObject({ code: 'not-found' })
    const id = await idOf(imageReference('busybox'))
    const aborted = AbortSignal.abort()
    await expect(ImageFiles.read(engine, id, aborted, () => undefined)).rejects.toMatchObject({
      code: 'cancelled'
    })
    const abort = new AbortController()
    await expect(
      ImageFiles.read(engine, id, abort.signal, () => abort.abort())
    ).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('are not at hand once they are closed', async () => {
    const files = await read(await idOf(imageReference('static')))
    const view: FilesView = { layer: 0, scope: 'all', changes: [] }
    expect((await files.ask({ kind: 'folder', view, node: 0 })).files).toMatchObject([
      { name: 'sleeper', kind: 'file', change: 'added' }
    ])
    await files.close()
    await expect(files.ask({ kind: 'folder', view, node: 0 })).rejects.toMatchObject({
      code: 'not-found'
    })
  })
})
