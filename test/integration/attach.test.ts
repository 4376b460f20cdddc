import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { openAttach } from '../../src/main/exec/attach'
import type { AttachRun } from '../../src/main/exec/attach-run'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'

const SIZE = { columns: 81, rows: 23 }
const cleanup = createCleanup()
let engine: Engine

beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})
afterEach(() => cleanup.run())

describe('a one-shot run', () => {
  it('loses neither output nor exit code of a container that removes itself at once', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await create(['--rm'], ['sh', '-c', 'echo out; echo err >&2; exit 3'])
      const run = await open(id, true)
      const text = await allOf(run)
      expect(text).toContain('out\n')
      expect(text).toContain('\u001b[31merr\n\u001b[39m')
      expect(await run.ended).toMatchObject({ exitCode: 3, reason: 'exited' })
    }
  })

  it('says hello, and how long it lived', async () => {
    const id = await create([], ['sh', '-c', 'sleep 0.3; echo hello'])
    const run = await open(id, true)
    expect(await allOf(run)).toBe('hello\n')
    const { livedMs = 0 } = await run.ended
    expect(livedMs).toBeGreaterThan(250)
    expect(livedMs).toBeLessThan(30_000)
  })

  it('has a terminal of its own at the size that was asked for', async () => {
    const id = await create(['-it', '--rm'], ['sh'])
    const run = await open(id, true)
    await type(run, 'stty size; tty; exit 9\r')
    const text = await allOf(run)
    expect(text).toContain('23 81\r\n')
    expect(text).toContain('/dev/pts/0')
    expect(await run.ended).toMatchObject({ exitCode: 9, reason: 'exited' })
  })

  it('feeds lines, shows what is typed, and ends the input with Ctrl+D', async () => {
    const id = await create(['-i', '--rm'], ['sh', '-c', 'tr a-z A-Z; echo over'])
    const run = await open(id, true)
    await type(run, 'helo\u007flo, при\u007f\r')
    await type(run, '\u0004')
    const text = await allOf(run)
    expect(text).toContain('helo\b \blo, при\b \b\r\n')
    expect(text).toContain('HELLO, ')
    expect(text).toContain('over\n')
    expect(await run.ended).toMatchObject({ exitCode: 0 })
  })

  it('says why it cannot be started', async () => {
    const id = await create([], ['/no/such/program'])
    await expect(open(id, true)).rejects.toMatchObject({
      data: { engineMessage: expect.stringContaining('/no/such/program') }
    })
  })
})

describe('attached to a container that runs', () => {
  it('sends Ctrl+C as a signal where there is no terminal', async () => {
    let interrupts = 0
    const command = [
      'sh',
      '-c',
      'trap "echo got it; exit 5" INT; echo re""ady; while :; do sleep 0.1; done'
    ]
    const id = await create([], command)
    const run = await open(id, true, () => (interrupts += 1))
    await until(run, 'ready')
    await type(run, '\u0003')
    expect(await allOf(run)).toContain('got it')
    expect(await run.ended).toMatchObject({ exitCode: 5, reason: 'exited' })
    expect(interrupts).toBe(1)
  })

  it('lets go of it by Ctrl+P Ctrl+Q and by closing, and it goes on', async () => {
    const { id } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['-it'],
      command: ['sh']
    })
    const first = await open(id, false)
    await type(first, 'echo fir""st\r')
    await until(first, 'first')
    await type(first, '\u0010')
    await type(first, '\u0011')
    expect(await first.ended).toEqual({ exitCode: null, reason: 'detached' })
    const second = await open(id, false)
    await type(second, 'echo sec""ond\r')
    await until(second, 'second')
    await second.close()
    expect(await docker(['inspect', '--format', '{{.State.Running}}', id])).toBe('true\n')
  })

  it('lets go of it by the keys that docker’s configuration names, and passes the usual ones on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docker-config-'))
    const before = process.env['DOCKER_CONFIG']
    cleanup.add(async () => {
      if (before === undefined) delete process.env['DOCKER_CONFIG']
      else process.env['DOCKER_CONFIG'] = before
      await rm(folder, { recursive: true })
    })
    await writeFile(join(folder, 'config.json'), '{"detachKeys":"ctrl-x,d"}')
    process.env['DOCKER_CONFIG'] = folder
    const { id } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['-it'],
      command: ['sh']
    })
    const run = await open(id, false)
    expect(run.detachKeys).toBe('ctrl-x,d')
    await type(run, 'stty raw -echo; printf rea""dy; dd bs=1 count=2 2>/dev/null | od -c\r')
    await until(run, 'ready')
    await type(run, '\u0010\u0011')
    await until(run, '020 021')
    await type(run, '\u0018d')
    expect(await run.ended).toEqual({ exitCode: null, reason: 'detached' })
    expect(await docker(['inspect', '--format', '{{.State.Running}}', id])).toBe('true\n')
  })

  it('says what a container must be', async () => {
    const { id, name } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      command: ['sleep', '1000']
    })
    await docker(['pause', id])
    await expect(open(id, false)).rejects.toMatchObject({
      data: { code: 'conflict', message: `${name} is paused.` }
    })
    await docker(['unpause', id])
    await docker(['kill', id])
    await expect(open(id, false)).rejects.toMatchObject({
      data: { code: 'conflict', message: `${name} is not running.` }
    })
    await docker(['rm', id])
    await expect(open(id, false)).rejects.toMatchObject({ data: { code: 'not-found' } })
  })
})

async function create(args: readonly string[], command: readonly string[]): Promise<string> {
  const label = 'io.portolan.test=attach'
  const said = await docker([
    'create',
    '--label',
    label,
    ...args,
    imageReference('busybox'),
    ...command
  ])
  const id = said.trim()
  cleanup.add(async () => {
    await docker(['rm', '--force', id]).catch(() => undefined)
  })
  return id
}

function open(
  containerId: string,
  start: boolean,
  onInterrupt: () => void = () => undefined
): Promise<AttachRun> {
  return openAttach(engine, { containerId, start, onInterrupt, ...SIZE })
}

function type(run: AttachRun, text: string): Promise<void> {
  return run.write(Buffer.from(text))
}

async function allOf(run: AttachRun): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of run.output as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Reads until `text` has come. */
async function until(run: AttachRun, text: string): Promise<void> {
  let seen = ''
  for await (const chunk of run.output.iterator({ destroyOnReturn: false })) {
    seen += String(chunk)
    if (seen.includes(text)) return
  }
  throw new Error(`ended after ${JSON.stringify(seen)}`)
}
