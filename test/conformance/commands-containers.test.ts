import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { doBulk } from '../../src/main/containers/bulk'
import * as operations from '../../src/main/containers/operations'
import { Engine } from '../../src/main/engine/engine'
import { formatCommand } from '../../src/shared/command/quote'
import { bulkCommand } from '../../src/shared/containers/bulk'
import { containerCommands as commands } from '../../src/shared/containers/command'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, normalise, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** Answers each signal by an exit code of its own, TERM only after a while: so the state tells which signal came, and its grace. */
const ANSWERING = [
  'sh',
  '-c',
  'trap "sleep 0.3; exit 9" TERM; trap "exit 3" USR1; trap "exit 4" HUP; echo ready; while :; do sleep 0.05; done'
]
/** Exits by itself. */
const EXITING = ['sh', '-c', 'exit 6']

interface Case {
  readonly title: string
  readonly command: readonly string[]
  /** Docker commands that bring the container into the state from which the verb starts. */
  readonly before: readonly string[]
  readonly ours: (id: string) => Promise<void>
  readonly line: (name: string) => readonly string[]
  /** What is seen in both afterwards: a verb that does nothing would leave two equal objects as well. */
  readonly after: object
}

const running = ['start']
const cases: readonly Case[] = [
  {
    title: 'start',
    command: ANSWERING,
    before: [],
    ours: (id) => operations.startContainer(engine, id),
    line: (name) => commands.start(name),
    after: { Status: 'running' }
  },
  {
    title: 'start of one that runs',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.startContainer(engine, id),
    line: (name) => commands.start(name),
    after: { Status: 'running' }
  },
  {
    title: 'start of one that has ended',
    command: EXITING,
    before: ['start', 'wait'],
    ours: (id) => operations.startContainer(engine, id),
    line: (name) => commands.start(name),
    after: { Status: 'exited', ExitCode: 6 }
  },
  {
    title: 'stop',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.stopContainer(engine, id),
    line: (name) => commands.stop(name),
    after: { Status: 'exited', ExitCode: 9 }
  },
  {
    title: 'stop with a grace that is long enough',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.stopContainer(engine, id, 20),
    line: (name) => commands.stop(name, 20),
    after: { Status: 'exited', ExitCode: 9 }
  },
  {
    title: 'stop without any grace',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.stopContainer(engine, id, 0),
    line: (name) => commands.stop(name, 0),
    after: { Status: 'exited', ExitCode: 137 }
  },
  {
    title: 'stop of one that does not run',
    command: ANSWERING,
    before: [],
    ours: (id) => operations.stopContainer(engine, id),
    line: (name) => commands.stop(name),
    after: { Status: 'created' }
  },
  {
    title: 'stop of one that is paused',
    command: ANSWERING,
    before: ['start', 'pause'],
    ours: (id) => operations.stopContainer(engine, id, 0),
    line: (name) => commands.stop(name, 0),
    after: { Status: 'exited', ExitCode: 137 }
  },
  {
    title: 'restart',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.restartContainer(engine, id),
    line: (name) => commands.restart(name),
    after: { Status: 'running' }
  },
  {
    title: 'restart without any grace',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.restartContainer(engine, id, 0),
    line: (name) => commands.restart(name, 0),
    after: { Status: 'running' }
  },
  {
    title: 'restart of one that does not run',
    command: ANSWERING,
    before: [],
    ours: (id) => operations.restartContainer(engine, id),
    line: (name) => commands.restart(name),
    after: { Status: 'running' }
  },
  {
    title: 'kill',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.killContainer(engine, id),
    line: (name) => commands.kill(name),
    after: { Status: 'exited', ExitCode: 137 }
  },
  ...(['USR1', 'SIGHUP'] as const).map((signal) => ({
    title: `kill with ${signal}`,
    command: ANSWERING,
    before: running,
    ours: (id: string) => operations.killContainer(engine, id, signal),
    line: (name: string) => commands.kill(name, signal),
    after: { Status: 'exited', ExitCode: signal === 'USR1' ? 3 : 4 }
  })),
  {
    title: 'pause',
    command: ANSWERING,
    before: running,
    ours: (id) => operations.pauseContainer(engine, id),
    line: (name) => commands.pause(name),
    after: { Status: 'paused' }
  },
  {
    title: 'unpause',
    command: ANSWERING,
    before: ['start', 'pause'],
    ours: (id) => operations.unpauseContainer(engine, id),
    line: (name) => commands.unpause(name),
    after: { Status: 'running' }
  }
]

describe(`a container’s command line, run by the docker CLI ${cli.version}, does what the operation does`, () => {
  it.each(cases.map((it) => [it.title, it] as const))('%s', async (_title, wanted) => {
    const [ours, theirs] = await Promise.all([create(wanted.command), create(wanted.command)])
    await Promise.all([ours, theirs].map((container) => prepare(container, wanted)))
    await Promise.all([
      wanted.ours(ours.id),
      runLineWell(formatCommand(wanted.line(theirs.name)), { cli })
    ])
    // A signal only begins what ends the container.
    if ('ExitCode' in wanted.after)
      await Promise.all([ours, theirs].map(({ name }) => docker(['wait', name])))
    const [left, right] = await Promise.all([inspect(ours), inspect(theirs)])
    expect(left).toMatchObject({ State: wanted.after })
    expect(right).toEqual(left)
  })

  it.each([
    ['remove', false, []],
    ['remove --force of one that runs', true, ['start']],
    ['remove --force of one that is paused', true, ['start', 'pause']]
  ] as const)('%s, its volumes staying', async (_title, force, before) => {
    const pair = await Promise.all([create(ANSWERING, true), create(ANSWERING, true)])
    const [ours, theirs] = pair
    for (const { name } of pair) for (const verb of before) await docker([verb, name])
    const volumes = await Promise.all(pair.map(volumesOf))
    expect(volumes.map((names) => names.length)).toEqual([2, 2])
    await operations.removeContainer(engine, ours.id, force)
    await runLineWell(formatCommand(commands.remove(theirs.name, force)), { cli })
    for (const { id } of pair) await expect(docker(['inspect', id])).rejects.toThrow(/no such/i)
    for (const volume of volumes.flat())
      expect(await docker(['volume', 'inspect', '--format', '{{.Name}}', volume])).toBe(
        `${volume}\n`
      )
  })

  it.each([
    [{ verb: 'start' }, [], 'running'],
    [{ verb: 'stop', graceSeconds: 0 }, ['start'], 'exited'],
    [{ verb: 'restart', graceSeconds: 0 }, ['start'], 'running'],
    [{ verb: 'kill', signal: 'HUP' }, ['start'], 'exited'],
    [{ verb: 'pause' }, ['start'], 'paused'],
    [{ verb: 'unpause' }, ['start', 'pause'], 'running']
  ] as const)('%j of several is one line', async (work, before, status) => {
    const ours = await Promise.all([create(ANSWERING), create(ANSWERING), create(ANSWERING)])
    const theirs = await Promise.all([create(ANSWERING), create(ANSWERING), create(ANSWERING)])
    const all = [...ours, ...theirs]
    await Promise.all(all.map((container) => prepare(container, { before, command: ANSWERING })))
    const items = ours.map(({ id, name }) => ({ containerId: id, name }))
    const line = bulkCommand(
      work,
      theirs.map(({ name }) => name)
    )
    expect(await doBulk(engine, items, work)).toMatchObject({ doneCount: 3, failures: [] })
    await runLineWell(formatCommand(line), { cli })
    if (work.verb === 'kill') await docker(['wait', ...all.map(({ name }) => name)])
    const states = await Promise.all(all.map(inspect))
    expect(states[0]).toMatchObject({ State: { Status: status } })
    for (const state of states) expect(state).toEqual(states[0])
  })

  it('remove of several is one line, and what fails stops neither', async () => {
    const [a, b, c, d] = await Promise.all([
      create(ANSWERING),
      create(ANSWERING),
      create(ANSWERING),
      create(ANSWERING)
    ])
    for (const { name } of [a, c]) await docker(['start', name])
    const work = { verb: 'remove', force: false } as const
    const items = [a, b].map(({ id, name }) => ({ containerId: id, name }))
    const result = await doBulk(engine, items, work)
    expect(result).toMatchObject({ doneCount: 1, failures: [{ name: a.name }], skippedCount: 0 })
    expect(result.failures[0]?.error.engineMessage).toContain('running container')
    const line = formatCommand(bulkCommand(work, [c.name, d.name]))
    await expect(runLineWell(line, { cli })).rejects.toThrow(/running container/)
    for (const { id } of [b, d]) await expect(docker(['inspect', id])).rejects.toThrow(/no such/i)
    expect(await inspect(c)).toEqual(await inspect(a))
  })

  it('rename', async () => {
    const [ours, theirs] = await Promise.all([create(ANSWERING), create(ANSWERING)])
    const [left, right] = [`${ours.name}-new`, `${theirs.name}-new`]
    cleanup.add(() => docker(['rm', '--force', left, right]).catch(ignoreMissing))
    await operations.renameContainer(engine, ours.id, left)
    await runLineWell(formatCommand(commands.rename(theirs.name, right)), { cli })
    const both = await Promise.all([
      inspect({ ...ours, name: left }),
      inspect({ ...theirs, name: right })
    ])
    expect(both[0]).toMatchObject({ Name: '/<name>' })
    expect(both[1]).toEqual(both[0])
  })

  it('remove of one that runs is refused to both', async () => {
    const pair = await Promise.all([create(ANSWERING), create(ANSWERING)])
    const [ours, theirs] = pair
    for (const { name } of pair) await docker(['start', name])
    const removal = operations.removeContainer(engine, ours.id, false)
    await expect(removal).rejects.toMatchObject({ code: 'conflict' })
    const line = formatCommand(commands.remove(theirs.name, false))
    await expect(runLineWell(line, { cli })).rejects.toThrow(/exit code 1/)
    expect(await inspect(theirs)).toEqual(await inspect(ours))
  })
})

interface Created {
  readonly id: string
  readonly name: string
  readonly volume: string
}

/** Names may hold dots, underscores and dashes; nothing in them needs quoting, which the quoting must not spoil. */
async function create(command: readonly string[], withVolumes = false): Promise<Created> {
  const name = uniqueName('Odd_na.me-')
  const volume = uniqueName('volume')
  cleanup.add(() => docker(['rm', '--force', '--volumes', name]).catch(ignoreMissing))
  const mounts = withVolumes ? ['--volume', `${volume}:/named`, '--volume', '/anonymous'] : []
  const run = ['create', '--name', name, ...LABEL_ARGS, ...mounts, imageReference('busybox')]
  return { id: (await docker([...run, ...command])).trim(), name, volume }
}

async function prepare(
  { name }: Created,
  { before, command }: Pick<Case, 'before' | 'command'>
): Promise<void> {
  for (const verb of before) {
    await docker([verb, name])
    if (verb === 'start' && command === ANSWERING) await ready(name)
  }
}

function ignoreMissing(failure: unknown): void {
  if (!/no such/i.test(String(failure))) throw failure
}

/** Resolves when the container has said that it listens to signals. */
async function ready(name: string): Promise<void> {
  const logs = spawn('docker', ['logs', '--follow', name], {
    env: { ...process.env, DOCKER_HOST: testEngine().dockerHost },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const ended = once(logs, 'exit')
  await once(createInterface(logs.stdout), 'line')
  logs.kill()
  await ended
}

async function inspect({ id, name }: Created): Promise<unknown> {
  const [found] = JSON.parse(await docker(['inspect', id])) as unknown[]
  return normalise(found, {
    names: { [id]: '<id>', [id.slice(0, 12)]: '<short>', [name]: '<name>' }
  })
}

async function volumesOf({ id }: Created): Promise<string[]> {
  const format = '{{range .Mounts}}{{.Name}} {{end}}'
  const names = (await docker(['inspect', '--format', format, id])).trim().split(' ')
  for (const name of names) cleanup.add(() => docker(['volume', 'rm', '--force', name]))
  return names
}
