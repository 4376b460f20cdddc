import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { doBulk } from '../../src/main/containers/bulk'
import { layerSizes, removedByEnding } from '../../src/main/containers/many'
import { inspectContainer, renameContainer } from '../../src/main/containers/operations'
import { Engine } from '../../src/main/engine/engine'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'

const NOBODY = 'f'.repeat(64)
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

async function created(): Promise<{ readonly containerId: string; readonly name: string }> {
  const name = uniqueName('many')
  cleanup.add(() => docker(['rm', '--force', name]).catch(() => undefined))
  const made = ['create', '--name', name, ...LABEL_ARGS, imageReference('busybox'), 'sleep', '1000']
  return { containerId: (await docker(made)).trim(), name }
}

describe('work on many containers', () => {
  it('does all of them, and says which failed and why', async () => {
    const items = await Promise.all(Array.from({ length: 8 }, created))
    const gone = { containerId: NOBODY, name: 'gone' }
    const ended: string[] = []
    const result = await doBulk(
      engine,
      [...items, gone],
      { verb: 'start' },
      { onEnded: ({ name }) => void ended.push(name) }
    )
    expect(result).toMatchObject({
      doneCount: 8,
      skippedCount: 0,
      failures: [{ containerId: NOBODY, name: 'gone', error: { code: 'not-found' } }]
    })
    expect(ended.toSorted()).toEqual([...items, gone].map(({ name }) => name).toSorted())
    const states = ['inspect', '--format', '{{.State.Running}}']
    const running = await docker([...states, ...items.map(({ name }) => name)])
    expect(running.trim().split('\n')).toEqual(items.map(() => 'true'))
  })

  it('begins nothing more once it is cancelled, and says what was left', async () => {
    const items = await Promise.all(Array.from({ length: 20 }, created))
    const abort = new AbortController()
    const result = await doBulk(
      engine,
      items,
      { verb: 'remove' },
      { signal: abort.signal, onEnded: () => abort.abort() }
    )
    expect(result.failures).toEqual([])
    expect(result.doneCount).toBeLessThanOrEqual(6)
    expect(result.doneCount + result.skippedCount).toBe(20)
    expect(result.skippedCount).toBeGreaterThan(0)
  })
})

describe('what a listing does not tell', () => {
  it('is which containers go when they end', async () => {
    const stays = await created()
    const { id } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--rm', '--init'],
      command: ['sleep', '1000']
    })
    expect(await removedByEnding(engine, [stays.containerId, id, NOBODY])).toEqual([id])
  })

  it('is the size of a writable layer', async () => {
    const { containerId, name } = await created()
    const writes = await runContainer(cleanup, {
      image: imageReference('busybox'),
      command: ['sh', '-c', 'head -c 300000 /dev/zero > /file']
    })
    await docker(['wait', writes.name])
    const sizes = await layerSizes(engine, [containerId, writes.id])
    expect(sizes[containerId], name).toBe(0)
    expect(sizes[writes.id]).toBeGreaterThanOrEqual(300_000)
    expect(await inspectContainer(engine, writes.id, true)).toMatchObject({
      SizeRw: sizes[writes.id]
    })
    expect(await inspectContainer(engine, writes.id)).not.toHaveProperty('SizeRw')
  })
})

describe('rename', () => {
  it('says that another one has the name', async () => {
    const [a, b] = [await created(), await created()]
    await expect(renameContainer(engine, a.containerId, b.name)).rejects.toMatchObject({
      code: 'conflict',
      data: {
        message: `Another container is called ${b.name}.`,
        engineMessage: expect.stringContaining(b.containerId)
      }
    })
  })
})
