import { afterEach, describe, expect, it } from 'vitest'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  testEngine,
  uniqueName,
  type RunOptions
} from '../engine/context'
import { killEngine, startEngine } from '../engine/control.mjs'
import { Terminals } from './terminal'

/** A first process that reaps what is orphaned, and ends at once when it is told to. */
const REAPING = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']

const cleanup = createCleanup()
afterEach(() => cleanup.run())

describe('a session', () => {
  it('goes on without a viewer, and a later one gets all of it from the start', async () => {
    const { id, name } = await container()
    const terminals = await connect()
    const session = await terminals.shell(id)
    const first = terminals.view(session)
    first.type('seq 5000; echo re""ady\r')
    await first.until(({ tail }) => tail.includes('ready\r\n'))
    first.close()
    const second = terminals.view(session)
    await second.until(({ isLive }) => isLive)
    expect(second.text).toContain('\r\n4999\r\n5000\r\n')
    expect(second.isCut).toBe(false)
    second.type('echo sec""ond\r')
    await second.until(({ tail }) => tail.includes('second\r\n'))
    expect(terminals.row(session)).toMatchObject({ state: 'open', runs: 1, shell: 'ash' })
    terminals.sessions.dismiss(session)
    expect(terminals.row(session)).toBeUndefined()
    await second.ended
    await terminals.sessions.stop()
    expect(await processesOf(name)).not.toContain('ash')
  })

  it('keeps a flood in bounds while nobody looks, and waits for one who does', async () => {
    const { id } = await container()
    const terminals = await connect()
    const session = await terminals.shell(id)
    const first = terminals.view(session)
    first.type('stty -echo; echo re""ady; seq 1500000; echo do""ne\r')
    await first.until(({ tail }) => tail.includes('ready\r\n'))
    first.close()
    await terminals.until(session, 'open', ({ state }) => state === 'open')
    const later = terminals.view(session)
    await later.until(({ tail }) => tail.includes('done\r\n'))
    expect(later.isCut || later.text.includes('\n1\r\n2\r\n')).toBe(true)
    // What there is has no gap.
    const { text } = later
    const numbers = text
      .split('\r\n')
      .filter((line) => /^\d+$/.test(line))
      .map(Number)
    const from = numbers.findIndex((value, at) => numbers[at + 1] === value + 1)
    for (let at = from + 1; at < numbers.length; at++)
      if (numbers[at] !== (numbers[at - 1] ?? 0) + 1) throw new Error(`gap at ${numbers[at]}`)
    expect(numbers.at(-1)).toBe(1_500_000)
  })

  it('is no faster than its slowest viewer', async () => {
    const { id } = await container()
    const terminals = await connect()
    const session = await terminals.shell(id)
    let goOn: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (goOn = resolve))
    const fast = terminals.view(session)
    fast.type('echo re""ady; read go; seq 1000000; echo do""ne\r')
    await fast.until(({ tail }) => tail.includes('ready\r\n'))
    const slow = terminals.view(session, () => gate)
    fast.type('\r')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(fast.length).toBeLessThan(256 * 1024)
    goOn()
    await slow.until(({ tail }) => tail.includes('done\r\n'))
    expect(slow.text.slice(slow.text.indexOf('ready'))).toBe(
      fast.text.slice(fast.text.indexOf('ready'))
    )
  })

  it('runs a command in place of a shell', async () => {
    const { id } = await container()
    const terminals = await connect()
    const session = await terminals.shell(id, {
      command: 'echo "[$0]" && pwd; exit 4',
      workingDir: '/tmp'
    })
    const view = terminals.view(session)
    await terminals.until(session, 'ended', ({ state }) => state === 'ended')
    expect(view.text).toContain('/tmp\r\n')
    expect(terminals.row(session)?.end).toEqual({ exitCode: 4, reason: 'exited' })
    await terminals.sessions.get(session).again()
    await terminals.until(
      session,
      'ended again',
      ({ state, runs }) => state === 'ended' && runs === 2
    )
    expect(view.marks.map(({ kind }) => kind)).toEqual(['ended', 'again', 'ended'])
  })
})

describe('a restart', () => {
  it('of the container opens a new shell in the same folder, and says so', async () => {
    const { id, name } = await container()
    const terminals = await connect()
    const session = await terminals.shell(id)
    const view = terminals.view(session)
    view.type('mkdir -p "/srv/a b" && cd "/srv/a b" && echo re""ady\r')
    await view.until(({ tail }) => tail.includes('ready\r\n'))
    await folderIsKnown()
    await docker(['restart', name])
    await terminals.until(
      session,
      'a second run',
      ({ state, runs }) => state === 'open' && runs === 2
    )
    await view.until(({ marks }) => marks.some(({ kind }) => kind === 'restarted'))
    expect(view.marks.at(-1)).toMatchObject({ kind: 'restarted', workingDir: '/srv/a b' })
    view.type('pwd; echo ag""ain\r')
    await view.until(({ tail }) => tail.includes('/srv/a b\r\nagain\r\n'))
  })

  it('opens it in the container’s own folder where the other has gone', async () => {
    const { id, name } = await container({ args: ['--tmpfs', '/gone'] })
    const terminals = await connect()
    const session = await terminals.shell(id)
    const view = terminals.view(session)
    // Told by the shell itself: nobody has to ask.
    view.type(
      String.raw`mkdir /gone/x; cd /gone/x; printf '\033]7;file://host/gone/x\007'; echo re""ady` +
        '\r'
    )
    await view.until(({ tail }) => tail.includes('ready\r\n'))
    await docker(['restart', name])
    await view.until(({ marks }) => marks.some(({ kind }) => kind === 'restarted'))
    expect(view.marks.at(-1)?.workingDir).toBeUndefined()
  })

  it('of a container that crashes on and on is not followed for ever', async () => {
    const { id } = await container({
      args: ['--restart', 'always'],
      command: ['sh', '-c', '[ -e /once ] || { touch /once; sleep 3; }; sleep 0.5; exit 1']
    })
    const terminals = await connect()
    const session = await terminals.shell(id)
    await terminals.until(session, 'over', ({ state }) => state === 'ended')
    expect(terminals.row(session)?.end).toMatchObject({ reason: 'container-stopped' })
    expect(terminals.row(session)?.runs).toBeGreaterThan(1)
  }, 60_000)

  it('attaches again, and tells the exit code of a run that is over until then', async () => {
    const { id, name } = await container({ args: ['-it'], command: ['sh'] })
    const terminals = await connect()
    const session = await terminals.attach(id, false)
    const view = terminals.view(session)
    view.type('echo re""ady\r')
    await view.until(({ tail }) => tail.includes('ready\r\n'))
    view.type('exit 3\r')
    await terminals.until(session, 'ended', ({ state }) => state === 'ended')
    expect(terminals.row(session)?.end).toMatchObject({ exitCode: 3, reason: 'exited' })
    await docker(['start', name])
    await terminals.until(
      session,
      'attached again',
      ({ state, runs }) => state === 'open' && runs === 2
    )
    view.type('echo ag""ain\r')
    await view.until(({ tail }) => tail.includes('again\r\n'))
  })

  it('keeps the result of a container that is gone', async () => {
    const created = ['create', '--rm', '--name', uniqueName('once'), ...LABEL_ARGS]
    const id = (await docker([...created, imageReference('busybox'), 'echo', 'hello'])).trim()
    const terminals = await connect()
    const session = await terminals.attach(id, true)
    const view = terminals.view(session)
    await terminals.until(session, 'ended', ({ state }) => state === 'ended')
    await terminals.watched.until('removed', () => terminals.watched.container(id) === undefined)
    expect(view.text).toBe('hello\n')
    expect(terminals.row(session)).toMatchObject({
      state: 'ended',
      end: { exitCode: 0, reason: 'exited', livedMs: expect.any(Number) }
    })
  })
})

describe('a container that cannot have a shell now', () => {
  it.each([
    ['paused', { args: [] as string[] }, ['pause'], 'is paused'],
    ['stopped', { args: [] as string[] }, ['kill'], 'is not running'],
    ['removed', { args: [] as string[] }, ['rm', '--force'], 'There is no such container']
  ])('says so: %s', async (_state, options, verb, words) => {
    const { id } = await container(options)
    const terminals = await connect()
    await docker([...verb, id])
    const { sessionId } = terminals.sessions.open({
      kind: 'exec',
      endpointId: 'mirrored',
      containerId: id,
      columns: 80,
      rows: 24
    })
    await terminals.until(sessionId, 'ended', ({ state }) => state === 'ended')
    expect(terminals.row(sessionId)?.error?.message).toContain(words)
    if (verb[0] === 'pause') await docker(['unpause', id])
  })

  it('ends with the removal of its container', async () => {
    const { id } = await container()
    const terminals = await connect()
    const session = await terminals.shell(id)
    await terminals.until(session, 'open', ({ state }) => state === 'open')
    await docker(['rm', '--force', id])
    await terminals.until(session, 'ended', ({ state }) => state === 'ended')
    expect(terminals.row(session)?.end?.reason).toBe('container-removed')
  })
})

describe.skipIf(!testEngine().ownEngine)('an engine that is killed under ten sessions', () => {
  it('opens ten new shells when it is back, and says that they are new', async () => {
    const { id, name } = await container({ args: ['--restart', 'always'] })
    const terminals = await connect()
    const open = await Promise.all(Array.from({ length: 10 }, () => terminals.shell(id)))
    const views = open.map((session) => terminals.view(session))
    for (const view of views) view.type('echo re""ady\r')
    for (const view of views) await view.until(({ tail }) => tail.includes('ready\r\n'))
    cleanup.add(() => startEngine())
    await killEngine()
    for (const session of open)
      await terminals.until(session, 'waiting', ({ state }) => state === 'waiting')
    await startEngine()
    for (const session of open)
      await terminals.until(session, 'open', ({ state, runs }) => state === 'open' && runs === 2)
    for (const view of views) {
      expect(view.marks.map(({ kind }) => kind)).toEqual(['ended', 'engine-back'])
      view.type('echo ag""ain\r')
      await view.until(({ tail }) => tail.includes('again\r\n'))
    }
    await terminals.sessions.stop()
    expect(await processesOf(name)).not.toContain('ash')
    expect(terminals.faults).toEqual([])
  }, 120_000)
})

function connect(): Promise<Terminals> {
  return Terminals.connect(cleanup, testEngine().dockerHost)
}

function container(options: Partial<RunOptions> = {}) {
  return runContainer(cleanup, {
    image: imageReference('busybox'),
    command: REAPING,
    ...options,
    args: ['--stop-timeout', '1', ...(options.args ?? [])]
  })
}

/** A folder is asked for once the shell has been quiet for a while. */
function folderIsKnown(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2500))
}

async function processesOf(name: string): Promise<string[]> {
  const lines = (await docker(['top', name, '-eo', 'pid,args'])).trim().split('\n').slice(1)
  return lines.map((line) => line.trim().replace(/^\d+\s+/, ''))
}
