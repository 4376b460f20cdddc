import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { inspectImage, removeImage } from '../../src/main/images/operations'
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

function ignoreMissing(failure: unknown): void {
  if (!/no such/i.test(String(failure))) throw failure
}

/** An image with an id of its own and that many tags. */
async function image(tagCount: number): Promise<{ id: string; tags: [string, ...string[]] }> {
  const source = uniqueName('source')
  await docker(['create', '--name', source, ...LABEL_ARGS, imageReference('static')])
  const changes = [`LABEL ${TEST_LABEL}=1`, `LABEL one=${source}`]
  const commit = ['commit', ...changes.flatMap((change) => ['--change', change]), source]
  const id = (await docker(commit)).trim()
  cleanup.add(() => docker(['rmi', '--force', id]).catch(ignoreMissing))
  await docker(['rm', source])
  const tags = Array.from({ length: tagCount }, () => `${uniqueName('test/image')}:1`)
  for (const tag of tags) await docker(['tag', id, tag])
  const [first = id, ...others] = tags
  return { id, tags: [first, ...others] }
}

async function isThere(id: string): Promise<boolean> {
  const ids = await docker(['images', '--all', '--quiet', '--no-trunc'])
  return ids.split('\n').includes(id)
}

describe('images', () => {
  it('lose a tag, and go with the last one', async () => {
    const { id, tags } = await image(2)
    const [one, two = ''] = tags
    expect(await removeImage(engine, one, false)).toEqual({ untagged: [one], deleted: [] })
    expect(await isThere(id)).toBe(true)
    const removal = await removeImage(engine, two, false)
    expect(removal.untagged).toEqual([two])
    // The id first, then the layers that nothing else holds.
    expect(removal.deleted[0]).toBe(id)
    expect(await isThere(id)).toBe(false)
  })

  it('go by id: without a tag, with one, with several by force alone', async () => {
    const bare = await image(0)
    expect(await removeImage(engine, bare.id, false)).toMatchObject({ untagged: [] })
    const single = await image(1)
    expect((await removeImage(engine, single.id, false)).untagged).toEqual([single.tags[0]])
    const several = await image(2)
    await expect(removeImage(engine, several.id, false)).rejects.toMatchObject({
      code: 'conflict',
      data: {
        operation: 'images.remove',
        subject: { kind: 'image', id: several.id },
        engineMessage: expect.stringContaining('multiple repositories')
      }
    })
    expect(await isThere(several.id)).toBe(true)
    const removal = await removeImage(engine, several.id, true)
    expect([...removal.untagged].sort()).toEqual([...several.tags].sort())
    expect(removal.deleted[0]).toBe(several.id)
    for (const { id } of [bare, single, several]) expect(await isThere(id)).toBe(false)
  })

  it('that a container uses stay: a stopped one’s go by force, a running one’s never', async () => {
    const [stopped, running] = await Promise.all([image(1), image(1)])
    for (const { id, tags } of [stopped, running]) {
      const name = uniqueName('user')
      cleanup.add(() => docker(['rm', '--force', name]))
      await docker(['create', '--name', name, ...LABEL_ARGS, tags[0]])
      if (id === running.id) await docker(['start', name])
      for (const reference of [tags[0], id]) {
        await expect(removeImage(engine, reference, false)).rejects.toMatchObject({
          code: 'conflict',
          data: { statusCode: 409, retryable: false }
        })
      }
    }
    await expect(removeImage(engine, running.id, true)).rejects.toMatchObject({ code: 'conflict' })
    expect(await isThere(running.id)).toBe(true)
    // By its tag it loses that alone.
    expect(await removeImage(engine, running.tags[0], true)).toEqual({
      untagged: running.tags,
      deleted: []
    })
    expect((await removeImage(engine, stopped.id, true)).deleted[0]).toBe(stopped.id)
  })

  it('are inspected in the engine’s own words', async () => {
    const { id, tags } = await image(1)
    expect(await inspectImage(engine, id)).toMatchObject({ Id: id, RepoTags: tags })
  })

  it('that are not there are not found', async () => {
    const nobody = `sha256:${'f'.repeat(64)}`
    for (const reference of [nobody, 'no/such:image']) {
      await expect(removeImage(engine, reference, true)).rejects.toMatchObject({
        code: 'not-found',
        data: {
          operation: 'images.remove',
          subject: { kind: 'image', id: reference },
          engineMessage: expect.stringMatching(/no such image/i)
        }
      })
    }
    await expect(inspectImage(engine, nobody)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are not found under a name that no image can have', async () => {
    await expect(removeImage(engine, 'UPPER:case', false)).rejects.toMatchObject({
      code: 'invalid-input'
    })
  })
})
