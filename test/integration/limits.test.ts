import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { updateContainer } from '../../src/main/containers/limits'
import { Engine } from '../../src/main/engine/engine'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const MIB = 1024 ** 2
/** Holds 40 MiB of memory from the moment that it has said so. */
const FULL = 'dd if=/dev/zero of=/dev/shm/full bs=1M count=40 2>/dev/null; echo full; sleep 100000'

async function running(script = 'sleep 100000', args: readonly string[] = []): Promise<string> {
  const { id } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', ...args],
    command: ['sh', '-c', script]
  })
  return id
}

async function hostConfig(id: string, fields: string): Promise<string> {
  const format = fields
    .split(' ')
    .map((field) => `{{.HostConfig.${field}}}`)
    .join(' ')
  return (await docker(['inspect', '--format', format, id])).trim()
}

describe('limits', () => {
  it('change in place, and only those that are named', async () => {
    const id = await running('sleep 100000', ['--memory', '50m', '--pids-limit', '20'])
    const before = await docker(['inspect', '--format', '{{.State.StartedAt}}', id])
    const { warnings } = await updateContainer(engine, id, {
      memoryBytes: 60 * MIB,
      memorySwapBytes: 60 * MIB,
      nanoCpus: 250_000_000
    })
    expect(warnings).toEqual([])
    expect(await hostConfig(id, 'Memory MemorySwap NanoCpus PidsLimit')).toBe(
      `${60 * MIB} ${60 * MIB} 250000000 20`
    )
    expect(await docker(['inspect', '--format', '{{.State.StartedAt}}', id])).toBe(before)
  })

  it('change of a container that is stopped or paused', async () => {
    const [stopped, paused] = await Promise.all([running(), running()])
    await docker(['kill', stopped])
    await docker(['pause', paused])
    for (const id of [stopped, paused]) {
      await updateContainer(engine, id, { cpuShares: 512 })
      expect(await hostConfig(id, 'CpuShares')).toBe('512')
    }
    await docker(['unpause', paused])
  })

  it('below what the container uses are refused, in the user’s words and the engine’s', async () => {
    const id = await running(FULL, ['--memory', '64m', '--memory-swap', '64m'])
    await expect.poll(() => docker(['logs', id]), { timeout: 10_000 }).toContain('full')
    const change = { memoryBytes: 16 * MIB, memorySwapBytes: 16 * MIB }
    await expect(updateContainer(engine, id, change)).rejects.toMatchObject({
      code: 'conflict',
      data: {
        operation: 'containers.update',
        subject: { kind: 'container', id },
        message: expect.stringContaining('uses more memory'),
        hint: expect.stringContaining('higher limit'),
        engineMessage: expect.stringMatching(/memory/)
      }
    })
    expect(await hostConfig(id, 'Memory')).toBe(String(64 * MIB))
  })

  it('that do not fit together are refused, saying which', async () => {
    const id = await running()
    const refused = (change: Parameters<typeof updateContainer>[2]) =>
      expect(updateContainer(engine, id, change)).rejects
    await refused({}).toMatchObject({
      code: 'invalid-input',
      data: { message: expect.stringMatching(/nothing/i) }
    })
    await refused({ memoryBytes: 60 * MIB, memorySwapBytes: 50 * MIB }).toMatchObject({
      code: 'invalid-input',
      data: { message: expect.stringContaining('memory and swap together') }
    })
    await refused({ nanoCpus: 4_000_000_000_000 }).toMatchObject({
      code: 'invalid-input',
      data: { engineMessage: expect.stringMatching(/CPUs/) }
    })
    await refused({ cpusetCpus: '9000' }).toMatchObject({ code: 'invalid-input' })
    const memoryBytes = 100 * MIB
    await updateContainer(engine, id, { memoryBytes, memorySwapBytes: memoryBytes })
    await refused({ memoryBytes: 2 * memoryBytes }).toMatchObject({
      code: 'conflict',
      data: {
        message: expect.stringContaining('above the limit on memory and swap'),
        hint: expect.stringContaining('both'),
        engineMessage: expect.stringContaining('memoryswap')
      }
    })
    expect(await hostConfig(id, 'Memory MemorySwap')).toBe(`${memoryBytes} ${memoryBytes}`)
  })

  it('a container that is removed when it ends is given no restart policy', async () => {
    const id = await running('sleep 100000', ['--rm'])
    await expect(
      updateContainer(engine, id, { restartPolicy: { name: 'always' } })
    ).rejects.toMatchObject({ code: 'conflict', data: { hint: expect.stringContaining('--rm') } })
  })

  it('of a container that is gone are not found', async () => {
    await expect(updateContainer(engine, 'f'.repeat(64), { cpuShares: 512 })).rejects.toMatchObject(
      { code: 'not-found' }
    )
  })
})
