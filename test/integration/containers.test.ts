import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as operations from '../../src/main/containers/operations'
import { Engine } from '../../src/main/engine/engine'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  testEngine,
  uniqueName
} from '../engine/context'

/** A first process that ends at once, with a code of its own, when it is told to. */
const STAY = ['sh', '-c', 'trap "exit 5" TERM; while :; do sleep 1000 & wait $!; done']
/** One that must be killed. */
const DEAF = ['sh', '-c', 'trap "" TERM; while :; do sleep 1; done']
const NOBODY = 'f'.repeat(64)

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

async function create(
  command: readonly string[] = STAY,
  args: readonly string[] = []
): Promise<string> {
  const name = uniqueName('operation')
  cleanup.add(() => docker(['rm', '--force', '--volumes', name]).catch(ignoreMissing))
  const made = ['create', '--name', name, ...LABEL_ARGS, ...args, imageReference('busybox')]
  return (await docker([...made, ...command])).trim()
}

async function started(...args: Parameters<typeof create>): Promise<string> {
  const id = await create(...args)
  await docker(['start', id])
  return id
}

function ignoreMissing(failure: unknown): void {
  if (!/no such/i.test(String(failure))) throw failure
}

/** As the CLI sees it: state and exit code. */
async function stateOf(id: string): Promise<string> {
  const format = '{{.State.Status}} {{.State.ExitCode}}'
  return (await docker(['inspect', '--format', format, id])).trim()
}

async function nameOf(id: string): Promise<string> {
  return (await docker(['inspect', '--format', '{{.Name}}', id])).trim().replace(/^\//, '')
}

async function startedAt(id: string): Promise<string> {
  return (await docker(['inspect', '--format', '{{.State.StartedAt}}', id])).trim()
}

describe('containers', () => {
  it('start, and starting one that runs is no fault and changes nothing', async () => {
    const id = await create()
    await operations.startContainer(engine, id)
    expect(await stateOf(id)).toBe('running 0')
    const since = await startedAt(id)
    await operations.startContainer(engine, id)
    expect(await startedAt(id)).toBe(since)
  })

  it('that cannot start say the engine’s own words', async () => {
    const id = await create(['no-such-program'])
    await expect(operations.startContainer(engine, id)).rejects.toMatchObject({
      code: expect.stringMatching(/^(invalid-input|not-found)$/),
      data: {
        operation: 'containers.start',
        subject: { kind: 'container', id },
        engineMessage: expect.stringContaining('no-such-program')
      }
    })
  })

  it('whose address is taken conflict', async () => {
    const one = await started(STAY, ['--publish', '127.0.0.1:18080:80'])
    const two = await create(STAY, ['--publish', '127.0.0.1:18080:80'])
    const message = `Port 18080 is taken by ${await nameOf(one)}.`
    await expect(operations.startContainer(engine, two)).rejects.toMatchObject({
      code: 'conflict',
      data: {
        message,
        engineMessage: expect.stringMatching(/already allocated|already in use/)
      }
    })
    await expect(operations.restartContainer(engine, two)).rejects.toMatchObject({
      data: { message }
    })
    expect(await stateOf(one)).toBe('running 0')
  })

  it('stop within their grace, else are killed; stopping a stopped one is no fault', async () => {
    const [obeys, deaf] = await Promise.all([started(), started(DEAF)])
    await operations.stopContainer(engine, obeys)
    expect(await stateOf(obeys)).toBe('exited 5')
    await operations.stopContainer(engine, obeys)
    await operations.stopContainer(engine, deaf, 1)
    expect(await stateOf(deaf)).toBe('exited 137')
    const never = await create()
    await operations.stopContainer(engine, never)
    expect(await stateOf(never)).toBe('created 0')
  })

  it('restart, also when they do not run', async () => {
    const id = await started()
    const since = await startedAt(id)
    await operations.restartContainer(engine, id)
    expect(await stateOf(id)).toBe('running 0')
    expect(await startedAt(id)).not.toBe(since)
    await docker(['stop', id])
    await operations.restartContainer(engine, id, 0)
    expect(await stateOf(id)).toBe('running 0')
  })

  it('are killed by the signal that is asked for', async () => {
    const [killed, told] = await Promise.all([started(), started()])
    await operations.killContainer(engine, killed)
    await docker(['wait', killed])
    expect(await stateOf(killed)).toBe('exited 137')
    await operations.killContainer(engine, told, 'SIGTERM')
    await docker(['wait', told])
    expect(await stateOf(told)).toBe('exited 5')
    await expect(operations.killContainer(engine, told)).rejects.toMatchObject({
      code: 'conflict',
      data: { operation: 'containers.kill', engineMessage: expect.stringContaining('not running') }
    })
  })

  it('refuse a signal that does not exist', async () => {
    const id = await started()
    await expect(operations.killContainer(engine, id, 'SIGNOPE')).rejects.toMatchObject({
      code: 'invalid-input'
    })
    expect(await stateOf(id)).toBe('running 0')
  })

  it('pause and go on; already so, or not running, is a conflict, as for the CLI', async () => {
    const id = await started()
    await operations.pauseContainer(engine, id)
    expect(await stateOf(id)).toBe('paused 0')
    await expect(operations.pauseContainer(engine, id)).rejects.toMatchObject({ code: 'conflict' })
    await operations.unpauseContainer(engine, id)
    expect(await stateOf(id)).toBe('running 0')
    await expect(operations.unpauseContainer(engine, id)).rejects.toMatchObject({
      code: 'conflict',
      data: { engineMessage: expect.stringContaining('not paused'), retryable: false }
    })
    const never = await create()
    await expect(operations.pauseContainer(engine, never)).rejects.toMatchObject({
      code: 'conflict'
    })
  })

  it('are removed; one that runs only by force', async () => {
    const [ended, runs] = await Promise.all([create(), started()])
    await operations.removeContainer(engine, ended, false)
    await expect(operations.removeContainer(engine, runs, false)).rejects.toMatchObject({
      code: 'conflict',
      data: { subject: { kind: 'container', id: runs } }
    })
    expect(await stateOf(runs)).toBe('running 0')
    await operations.removeContainer(engine, runs, true)
    for (const id of [ended, runs])
      await expect(operations.inspectContainer(engine, id)).rejects.toMatchObject({
        code: 'not-found'
      })
  })

  it.each([false, true])('keep every volume when they are removed (force: %s)', async (force) => {
    const named = uniqueName('volume')
    const volumes = ['--volume', `${named}:/named`, '--volume', '/anonymous']
    const id = await started(['sh', '-c', 'echo kept | tee /named/a /anonymous/a'], volumes)
    await docker(['wait', id])
    const names = (await docker(['inspect', '--format', '{{range .Mounts}}{{.Name}} {{end}}', id]))
      .trim()
      .split(' ')
    expect(names.length).toBe(2)
    for (const name of names) cleanup.add(() => docker(['volume', 'rm', name]))
    await operations.removeContainer(engine, id, force)
    for (const name of names) {
      const read = ['run', '--rm', '--volume', `${name}:/volume`, imageReference('busybox')]
      expect(await docker([...read, 'cat', '/volume/a'])).toBe('kept\n')
    }
  })

  it('are inspected in the engine’s own words', async () => {
    const id = await create()
    const [theirs] = JSON.parse(await docker(['inspect', id])) as [{ Name: string }]
    expect(await operations.inspectContainer(engine, id)).toMatchObject({
      Id: id,
      Name: theirs.Name,
      State: { Status: 'created' }
    })
  })

  it.each([
    ['start', (id: string) => operations.startContainer(engine, id)],
    ['stop', (id: string) => operations.stopContainer(engine, id, 0)],
    ['restart', (id: string) => operations.restartContainer(engine, id)],
    ['kill', (id: string) => operations.killContainer(engine, id)],
    ['pause', (id: string) => operations.pauseContainer(engine, id)],
    ['unpause', (id: string) => operations.unpauseContainer(engine, id)],
    ['remove', (id: string) => operations.removeContainer(engine, id, true)],
    ['inspect', (id: string) => operations.inspectContainer(engine, id)]
  ])('that are gone are not found: %s', async (verb, run) => {
    await expect(run(NOBODY)).rejects.toMatchObject({
      name: 'PortolanError',
      code: 'not-found',
      data: {
        operation: `containers.${verb}`,
        subject: { kind: 'container', id: NOBODY },
        statusCode: 404,
        engineMessage: expect.stringMatching(/no such container/i)
      }
    })
  })
})
