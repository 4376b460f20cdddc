import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { listProcesses } from '../../src/main/processes/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

describe('processes', () => {
  it('are listed with who started them, also those that were executed', async () => {
    const { id } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--init'],
      command: ['sh', '-c', 'sleep 100000 & wait']
    })
    await docker(['exec', '--detach', id, 'sleep', '77777'])
    const command = async (): Promise<(string | undefined)[]> =>
      (await listProcesses(engine, id)).processes.map((cells) => cells.at(-1))
    // It is there a moment before it has become what was asked for.
    await expect.poll(command, { timeout: 10_000 }).toContain('sleep 77777')
    const { titles, processes, psArgs } = await listProcesses(engine, id)
    expect(psArgs).toBeDefined()
    expect(titles).toEqual(['PID', 'PPID', 'USER', '%CPU', 'RSS', 'STAT', 'ELAPSED', 'COMMAND'])
    const shell = processes.find((cells) => cells.at(-1)?.startsWith('sh -c'))
    const sleeper = processes.find((cells) => cells.at(-1) === 'sleep 100000')
    expect(sleeper?.[1]).toBe(shell?.[0])
  })

  it('of an image without ps are listed as well, and of one that is paused', async () => {
    const { id } = await runContainer(cleanup, { image: imageReference('static') })
    expect((await listProcesses(engine, id)).processes).toHaveLength(1)
    await docker(['pause', id])
    expect((await listProcesses(engine, id)).processes).toHaveLength(1)
    await docker(['unpause', id])
  })

  it('of one that does not run are a conflict, and of one that is gone not found', async () => {
    const { id } = await runContainer(cleanup, { image: imageReference('static') })
    await docker(['kill', id])
    await expect(listProcesses(engine, id)).rejects.toMatchObject({
      code: 'conflict',
      data: { operation: 'processes.watch', engineMessage: expect.stringContaining('not running') }
    })
    await docker(['rm', id])
    await expect(listProcesses(engine, id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
