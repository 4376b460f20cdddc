import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { openShell, type OpenShellOptions } from '../../src/main/exec/operations'
import type { ShellSession } from '../../src/main/exec/session'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  runContainer,
  testEngine,
  type RunOptions
} from '../engine/context'
import { killEngine, startEngine } from '../engine/control.mjs'

const SIZE = { columns: 80, rows: 24 }
/** A first process that reaps what is orphaned, and ends at once when it is told to. */
const REAPING = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']

const cleanup = createCleanup()
let engine: Engine

beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})
afterEach(() => cleanup.run())

describe('opening a shell', () => {
  it('finds ash in busybox, at its size, with colours and UTF-8', async () => {
    const { id } = await container()
    const shell = await open({ containerId: id, columns: 101, rows: 33 })
    expect(shell.shell).toBe('ash')
    await type(shell, 'stty size; echo $TERM $COLORTERM $LANG; exit\n')
    const text = await allOf(shell)
    expect(text).toContain('33 101\r\n')
    expect(text).toContain('xterm-256color truecolor C.UTF-8\r\n')
    expect(text).not.toContain('portolan')
  })

  it('leaves the locale of the image alone', async () => {
    const { id } = await container({ args: ['--env', 'LANG=ru_RU.UTF-8'] })
    const shell = await open({ containerId: id })
    await type(shell, 'echo [$LANG]; exit\n')
    expect(await allOf(shell)).toContain('[ru_RU.UTF-8]\r\n')
  })

  it('prefers bash, which leaves none of its jobs behind', async () => {
    const { id, name } = await container()
    await copyBash(name)
    const before = await processesOf(name)
    const shell = await open({ containerId: id })
    expect(shell.shell).toBe('bash')
    await type(shell, 'sleep 1000 & disown; sleep 1001 & trap "" HUP; echo re""ady\n')
    await until(shell, 'ready')
    await shell.close()
    expect(await processesOf(name)).toEqual(before)
  })

  it('opens bash in an image that has no sh', async () => {
    const { id, name } = await container({ image: imageReference('static'), command: [] })
    await copyBash(name)
    const shell = await open({ containerId: id })
    expect(shell.shell).toBe('bash')
    await type(shell, 'exit 7\n')
    await allOf(shell)
    expect(await shell.ended).toEqual({ exitCode: 7, reason: 'exited' })
  })

  it('takes user, folder and shell', async () => {
    const { id } = await container()
    const options = { user: '1000:1001', workingDir: '/bin', shell: '/bin/sh' }
    const shell = await open({ containerId: id, ...options })
    expect(shell.shell).toBe('/bin/sh')
    await type(shell, 'id; pwd; exit\n')
    const text = await allOf(shell)
    expect(text).toMatch(/uid=1000\S* gid=1001/)
    expect(text).toContain('/bin\r\n')
  })

  it('says so when the image has no shell', async () => {
    const { id } = await container({ image: imageReference('static'), command: [] })
    await expect(open({ containerId: id })).rejects.toMatchObject({
      data: {
        code: 'unsupported',
        message: expect.stringContaining('has no shell'),
        hint: expect.stringContaining('--pid container:')
      }
    })
  })

  it.each([
    [{ shell: 'zsh' }, 'unsupported', 'has no zsh'],
    [{ user: 'nobody-here' }, 'invalid-input', 'has no such user'],
    [{ workingDir: '/nowhere' }, 'invalid-input', 'has no such working directory']
  ])('refuses %o', async (options, code, words) => {
    const { id } = await container()
    await expect(open({ containerId: id, ...options })).rejects.toMatchObject({
      data: { code, message: expect.stringContaining(words) }
    })
  })

  it('says that a container is restarting, between two of its lives', async () => {
    const { id, name } = await container({ args: ['--restart', 'always'], command: ['false'] })
    // Each pause is twice as long as the one before: by then it is long enough to be met.
    await expect
      .poll(
        async () =>
          docker(['inspect', '--format', '{{.State.Restarting}} {{ge .RestartCount 6}}', id]),
        { timeout: 60_000 }
      )
      .toBe('true true\n')
    await expect(open({ containerId: id })).rejects.toMatchObject({
      data: {
        code: 'conflict',
        message: `${name} is restarting.`,
        hint: 'Try again when it runs.'
      }
    })
  }, 90_000)

  it('says what a container must be', async () => {
    const { id, name } = await container()
    await docker(['pause', id])
    await expect(open({ containerId: id })).rejects.toMatchObject({
      data: { code: 'conflict', message: `${name} is paused.` }
    })
    await docker(['unpause', id])
    await docker(['stop', id])
    await expect(open({ containerId: id })).rejects.toMatchObject({
      data: { code: 'conflict', message: `${name} is not running.`, subject: { id, name } }
    })
    await docker(['rm', id])
    await expect(open({ containerId: id })).rejects.toMatchObject({ data: { code: 'not-found' } })
  })
})

describe('an open shell', () => {
  it('carries UTF-8 both ways', async () => {
    const { id } = await container()
    const shell = await open({ containerId: id })
    const words = 'привет 漢字かな 👩‍👩‍👧 🇷🇺 👍🏽'
    await type(shell, 'echo re""ady; cat\n')
    await until(shell, 'ready\r\n')
    await type(shell, `${words}\n`)
    await until(shell, `${words}\r\n${words}\r\n`)
  })

  it('takes the latest of many sizes', async () => {
    const { id } = await container()
    const shell = await open({ containerId: id })
    await Promise.all([shell.resize(40, 10), shell.resize(50, 11), shell.resize(147, 32)])
    await type(shell, 'stty size; exit\n')
    expect(await allOf(shell)).toContain('32 147\r\n')
    await shell.resize(1, 1)
  })

  it('sends Ctrl+P at once, and Ctrl+P Ctrl+Q does not detach', async () => {
    const { id } = await container()
    const shell = await open({ containerId: id })
    await type(shell, 'stty raw -echo; echo re""ady; cat\r')
    await until(shell, 'ready')
    await type(shell, '\u0010')
    await until(shell, '\u0010')
    await type(shell, '\u0010\u0011\u0000x')
    await until(shell, '\u0010\u0011\u0000x')
  })

  it('tells the exit code', async () => {
    const { id } = await container()
    const shell = await open({ containerId: id })
    await type(shell, 'exit 42\n')
    await allOf(shell)
    expect(await shell.ended).toEqual({ exitCode: 42, reason: 'exited' })
    await shell.write(Buffer.from('late'))
    await shell.close()
  })

  it('tells a kill inside from a container that stops', async () => {
    const { id } = await container()
    const shell = await open({ containerId: id })
    await type(shell, 'kill -9 $$\n')
    await allOf(shell)
    expect(await shell.ended).toEqual({ exitCode: 137, reason: 'exited' })
  })

  it.each([
    [['stop'], { exitCode: 137, reason: 'container-stopped' }],
    [['kill'], { exitCode: 137, reason: 'container-stopped' }],
    [['restart'], { exitCode: 137, reason: 'container-stopped' }],
    [['rm', '--force'], { reason: expect.stringMatching(/^container-(stopped|removed)$/) }]
  ])('says what happened at docker %s', async (verb, end) => {
    const { id } = await container()
    const shell = await open({ containerId: id })
    const text = allOf(shell)
    await docker([...verb, id])
    await text
    expect(await shell.ended).toMatchObject(end)
    await shell.close()
  })

  it('blocks the process behind a reader that stops, and loses nothing', async () => {
    const { id, name } = await container()
    const shell = await open({ containerId: id })
    await type(
      shell,
      'seq 6500000 >/tmp/all; stty -opost -echo; echo re""ady; read go; exec cat /tmp/all\r'
    )
    await until(shell, 'ready')
    await type(shell, '\r')
    await stalled(name, shell.pid)
    expect(shell.output.readableLength).toBeLessThan(1024 * 1024)

    const hash = createHash('sha256')
    let length = 0
    for await (const chunk of shell.output as AsyncIterable<Buffer>) {
      // What is left of the line before: the newline that follows the word, and the prompt's.
      const own = length === 0 ? chunk.subarray(chunk.indexOf('1\n2\n')) : chunk
      hash.update(own)
      length += own.length
    }
    const expected = createHash('sha256')
    let expectedLength = 0
    for (let first = 1; first <= 6_500_000; first += 1000) {
      const lines = Array.from({ length: 1000 }, (_, index) => `${first + index}\n`).join('')
      expectedLength += lines.length
      expected.update(lines)
    }
    expect(length).toBe(expectedLength)
    expect(length).toBeGreaterThan(50_000_000)
    expect(hash.digest('hex')).toBe(expected.digest('hex'))
    expect(await shell.ended).toEqual({ exitCode: 0, reason: 'exited' })
  }, 240_000)
})

describe('closing a shell', () => {
  it.each([
    ['an idle shell', 'echo re""ady\n'],
    ['a job in the background', 'sleep 1001 & echo re""ady\n'],
    ['a stopped job', 'sh -c "kill -STOP \\$\\$; sleep 1002" & echo re""ady\n'],
    ['a shell that ignores the hang-up', 'trap "" HUP; sleep 1003 & echo re""ady; sleep 1004\n'],
    ['a command in front', 'echo re""ady; sleep 1005\n'],
    ['top', 'echo re""ady; top -d 1\n'],
    ['vi', 'echo re""ady; vi /tmp/file\n'],
    ['a flood that nobody reads', 'echo re""ady; cat /dev/zero\n'],
    [
      'a name with parentheses',
      'cp /bin/busybox "/tmp/) 1 (x"; echo re""ady; exec -a sh "/tmp/) 1 (x" sleep 1006\n'
    ],
    ['processes that fork on and on', 'echo re""ady; while :; do (sleep 1 &); done\n']
  ])('leaves none of %s', async (_what, line) => {
    const { id, name } = await container()
    const before = await processesOf(name)
    const shell = await open({ containerId: id })
    await type(shell, line)
    await until(shell, 'ready')
    await shell.close()
    expect(await processesOf(name)).toEqual(before)
    expect((await shell.ended).reason).toBe('closed')
  })

  it('runs no command that stood behind one that it ended', async () => {
    const { id, name } = await container()
    const shell = await open({ containerId: id })
    await type(shell, 'sh -c "sleep 1008; touch /tmp/a"; touch /tmp/b\n')
    await processAppears(name, 'sleep 1008')
    await shell.close()
    expect(await docker(['exec', name, 'ls', '/tmp'])).toBe('')
  })

  it('works as another user, without capabilities', async () => {
    const { id, name } = await container({ args: ['--user', '1000:1000', '--cap-drop', 'ALL'] })
    const before = await processesOf(name)
    const shell = await open({ containerId: id })
    await type(shell, 'trap "" HUP; sleep 1000 & echo re""ady\n')
    await until(shell, 'ready')
    await shell.close()
    expect(await processesOf(name)).toEqual(before)
  })

  it('ends what has become another user’s', async () => {
    const { id, name } = await container()
    await docker(['exec', name, 'chmod', 'u+s', '/bin/busybox'])
    await docker([
      'exec',
      name,
      'sh',
      '-c',
      'mkdir -p /etc; echo root::0:0::/:/bin/sh >/etc/passwd'
    ])
    const before = await processesOf(name)
    const shell = await open({ containerId: id, user: '1000' })
    await type(shell, 'su root\n')
    await type(shell, 'id -u; sleep 1000 & echo re""ady\n')
    expect(await until(shell, 'ready')).toMatch(/^0\r$/m)
    await shell.close()
    expect(await processesOf(name)).toEqual(before)
  })

  it('ends its own session only, of several', async () => {
    const { id, name } = await container()
    const before = await processesOf(name)
    const shells = await Promise.all([1, 2, 3].map(() => open({ containerId: id })))
    for (const [index, shell] of shells.entries()) {
      await type(shell, `sleep 200${index} & echo re""ady\n`)
      await until(shell, 'ready')
    }
    const [first, ...others] = shells
    await first?.close()
    const left = await processesOf(name)
    expect(left).not.toContain('sleep 2000')
    expect(left).toEqual(expect.arrayContaining(['sleep 2001', 'sleep 2002']))
    await Promise.all(others.map((shell) => shell.close()))
    expect(await processesOf(name)).toEqual(before)
  })

  it('leaves what was left running on purpose before the shell ended by itself', async () => {
    const { id, name } = await container()
    const shell = await open({ containerId: id })
    await type(shell, 'sleep 1007 & exit\n')
    await allOf(shell)
    await shell.close()
    expect(await processesOf(name)).toContain('sleep 1007')
  })

  it('waits for a paused container: it says so, and closes when asked again', async () => {
    const { id, name } = await container()
    const before = await processesOf(name)
    const shell = await open({ containerId: id })
    await docker(['pause', id])
    await expect(shell.close()).rejects.toMatchObject({
      data: { code: 'conflict', message: expect.stringContaining('is paused') }
    })
    await docker(['unpause', id])
    await shell.close()
    expect(await processesOf(name)).toEqual(before)
  })

  it('is done when the container has gone', async () => {
    const { id } = await container()
    const shell = await open({ containerId: id })
    await Promise.all([docker(['rm', '--force', id]), shell.close()])
  })
})

describe.skipIf(!testEngine().ownEngine)('an engine that dies', () => {
  it('ends the shell with engine-unreachable', async () => {
    const unreachable = { data: { code: 'engine-unreachable' } }
    const { id } = await container()
    const shell = await open({ containerId: id })
    const reading = expect(allOf(shell)).rejects.toMatchObject(unreachable)
    cleanup.add(() => startEngine())
    await killEngine()
    await reading
    await expect(shell.ended).rejects.toMatchObject(unreachable)
    await expect(shell.close()).rejects.toMatchObject(unreachable)
  })
})

function container(options: Partial<RunOptions> = {}) {
  return runContainer(cleanup, {
    image: imageReference('busybox'),
    command: REAPING,
    ...options,
    args: ['--stop-timeout', '1', ...(options.args ?? [])]
  })
}

async function open(options: Partial<OpenShellOptions> & { containerId: string }) {
  return openShell(engine, { ...SIZE, ...options })
}

function type(shell: ShellSession, text: string): Promise<void> {
  return shell.write(Buffer.from(text))
}

async function allOf(shell: ShellSession): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of shell.output as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Reads until `text` has come. What came in the same chunk behind it is gone. */
async function until(shell: ShellSession, text: string): Promise<string> {
  let seen = ''
  while (!seen.includes(text)) {
    const chunk = shell.output.read() as Buffer | null
    if (chunk) seen += chunk.toString()
    else if (shell.output.readableEnded) throw new Error(`ended after ${JSON.stringify(seen)}`)
    else await once(shell.output, 'readable')
  }
  return seen
}

async function processesOf(name: string): Promise<string[]> {
  const lines = (await docker(['top', name, '-eo', 'pid,args'])).trim().split('\n').slice(1)
  return lines.map((line) => line.trim().replace(/^\d+\s+/, '')).toSorted()
}

async function processAppears(name: string, args: string): Promise<void> {
  while (!(await processesOf(name)).includes(args));
}

/** Resolves when a process has written something and writes no more although it has not ended. */
async function stalled(name: string, pid: number): Promise<void> {
  let before = '0'
  for (;;) {
    const io = await docker(['exec', name, 'cat', `/proc/${pid}/io`])
    const written = /^wchar: (\d+)$/m.exec(io)?.[1] ?? '0'
    if (written === before && Number(written) > 10_000) return
    before = written
  }
}

/** Puts the host's bash, with what it is linked to, into a container. */
async function copyBash(name: string): Promise<void> {
  const { stdout } = await promisify(execFile)('ldd', ['/bin/bash'])
  const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1] ?? '')
  const files = ['./bin/bash', ...libraries.map((path) => `.${path}`)]
  const tar = await promisify(execFile)('tar', ['-chf', '-', '-C', '/', ...files], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024
  })
  await docker(['cp', '-', `${name}:/`], { input: tar.stdout })
}
