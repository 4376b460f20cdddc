import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { listFolder, readFile } from '../../src/main/files/operations'
import { lookThrough } from '../../src/main/volumes/contents'
import {
  createVolume,
  inspectVolume,
  measureVolumes,
  removeVolume
} from '../../src/main/volumes/operations'
import { parseAddress } from '../../src/shared/engines/address'
import type { FileEntry } from '../../src/shared/files/model'
import { HELPER_LABEL } from '../../src/shared/reachability/helper'
import {
  createCleanup,
  docker,
  imageReference,
  runContainer,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'
import { inVolume, opened, volumeWith } from './volume'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const NEVER = new AbortController().signal
async function helpers(): Promise<string[]> {
  const filter = `label=${HELPER_LABEL}=volume`
  const said = await docker(['ps', '--all', '--quiet', '--no-trunc', '--filter', filter])
  return said.split('\n').filter(Boolean)
}

describe('a volume', () => {
  it('is created with its options and labels, once; measured; and removed', async () => {
    const name = uniqueName('volume')
    cleanup.add(() => docker(['volume', 'rm', '--force', name]))
    const spec = {
      name,
      driver: 'local',
      options: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' },
      labels: { [TEST_LABEL]: '1', 'a.b': 'c=d' }
    }
    await createVolume(engine, spec)
    expect(await inspectVolume(engine, name)).toMatchObject({
      Name: name,
      Options: spec.options,
      Labels: spec.labels
    })
    await expect(createVolume(engine, spec)).rejects.toMatchObject({ code: 'conflict' })
    await removeVolume(engine, name)
    await expect(inspectVolume(engine, name)).rejects.toMatchObject({ code: 'not-found' })
    await expect(removeVolume(engine, name)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is measured by the engine', async () => {
    const name = await volumeWith(cleanup, 'head -c 300000 /dev/zero > f')
    const { bytes } = await measureVolumes(engine)
    expect(bytes[name]).toBeGreaterThanOrEqual(300_000)
  })

  it('that a container has is not removed', async () => {
    const name = await volumeWith(cleanup)
    const { id } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--volume', `${name}:/v`],
      command: ['true']
    })
    await docker(['wait', id])
    await expect(removeVolume(engine, name)).rejects.toMatchObject({ code: 'conflict' })
    expect(await inVolume(name, 'echo still')).toBe('still\n')
  })
})

describe('a volume that a helper has', () => {
  it('is read without anything running, and cannot be written; the helper is gone afterwards', async () => {
    const name = await volumeWith(
      cleanup,
      'mkdir -p sub; echo one > sub/a; echo two > b; ln -s sub/a l; chown 5:6 b'
    )
    let during: string[] = []
    const names: FileEntry[] = []
    await opened(engine, name, 'read', async (containerId) => {
      during = await helpers()
      const format = '{{.State.Status}} {{.HostConfig.NetworkMode}}'
      expect(await docker(['inspect', '--format', format, containerId])).toBe('created none\n')
      await listFolder(
        engine,
        { containerId, path: '/volume/' },
        { bytes: 2 ** 20, ms: 10_000 },
        async ({ entries }) => void names.push(...entries),
        NEVER
      )
      const file = await readFile(engine, { containerId, path: '/volume/l' }, 100)
      expect(Buffer.from(file.bytes).toString()).toBe('one\n')
      await expect(docker(['cp', 'package.json', `${containerId}:/volume/x`])).rejects.toThrow(
        /read-only|marked/i
      )
    })
    expect(during).toHaveLength(1)
    expect(names.map((entry) => entry.name).toSorted()).toEqual(['b', 'l', 'sub'])
    expect(names.find((entry) => entry.name === 'b')).toMatchObject({ uid: 5, gid: 6 })
    expect(await helpers()).not.toContain(during[0])
    expect(await inVolume(name, 'cat b')).toBe('two\n')
  })

  it('is not made by looking for it', async () => {
    const name = uniqueName('volume')
    await expect(opened(engine, name, 'read', async () => 1)).rejects.toMatchObject({
      code: 'not-found'
    })
    expect(await docker(['volume', 'ls', '--quiet', '--filter', `name=${name}`])).toBe('')
  })

  it('is gone also when the work fails', async () => {
    const name = await volumeWith(cleanup)
    const failure = new Error('the work')
    await expect(opened(engine, name, 'read', () => Promise.reject(failure))).rejects.toBe(failure)
    await removeVolume(engine, name)
  })

  it('is waited for by who removes the volume', async () => {
    const name = await volumeWith(cleanup, 'echo x > x')
    let letGo = (): void => undefined
    let begin = (): void => undefined
    const ended = new Promise<void>((resolve) => (letGo = resolve))
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const held = opened(engine, name, 'read', () => {
      begin()
      return ended
    })
    await begun
    const removed = removeVolume(engine, name)
    const first = await Promise.race([
      removed.then(() => 'removed'),
      new Promise((resolve) => setTimeout(resolve, 300, 'waits'))
    ])
    expect(first).toBe('waits')
    letGo()
    await Promise.all([held, removed])
  })
})

describe('what a volume holds', () => {
  it('is counted, with its newest file', async () => {
    const name = await volumeWith(
      cleanup,
      'mkdir -p a/b; echo 12345 > a/old; echo 1 > a/b/new; touch -d @1600000000 a/old; touch -d @1700000000 a/b/new; ln -s new a/b/link; touch -h -d @1500000000 a/b/link'
    )
    const found = await opened(engine, name, 'read', (containerId) =>
      lookThrough(engine, containerId, { bytes: 2 ** 20, ms: 10_000 }, async () => undefined, NEVER)
    )
    expect(found).toEqual({
      files: 3,
      folders: 2,
      bytes: 8,
      newest: { path: '/a/b/new', modifiedAtMs: 1_700_000_000_000 },
      complete: true
    })
  })

  it('is nothing in a new one, and at least so much where the budget is spent', async () => {
    const empty = await volumeWith(cleanup)
    const look = (volume: string, bytes: number) =>
      opened(engine, volume, 'read', (containerId) =>
        lookThrough(engine, containerId, { bytes, ms: 10_000 }, async () => undefined, NEVER)
      )
    expect(await look(empty, 2 ** 20)).toMatchObject({ files: 0, folders: 0, complete: true })
    const large = await volumeWith(
      cleanup,
      'head -c 3000000 /dev/zero > a; head -c 3000000 /dev/zero > b'
    )
    expect(await look(large, 2 ** 20)).toMatchObject({ files: 1, complete: false })
  })
})
