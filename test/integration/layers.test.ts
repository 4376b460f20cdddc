import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { listStrata } from '../../src/main/layers/operations'
import { findSharing } from '../../src/main/layers/sharing'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
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
