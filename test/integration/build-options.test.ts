import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildImage } from '../../src/main/builds/operations'
import { Engine } from '../../src/main/engine/engine'
import type { BuildEvent, BuildOptions } from '../../src/shared/builds/model'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, TEST_LABEL, testEngine } from '../engine/context'
import { buildFolder, buildTag, dockerfileHead } from '../fixtures/builds/folders'

const cleanup = createCleanup()
afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanup.run()
})

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** Builds a Dockerfile of these lines; answers what it told, and the image's tag. */
async function build(
  lines: string,
  options: Partial<BuildOptions>
): Promise<{ events: BuildEvent[]; log: string; tag: string }> {
  const contextPath = await buildFolder(cleanup, 'options', {
    Dockerfile: `${dockerfileHead()}${lines}\n`
  })
  const tag = buildTag(cleanup)
  const events: BuildEvent[] = []
  await buildImage(
    engine,
    {
      contextPath,
      dockerfile: 'Dockerfile',
      tags: [tag],
      buildArgs: {},
      noCache: true,
      pull: false,
      builder: 'buildkit',
      ...options
    },
    { signal: new AbortController().signal, onEvent: (event) => events.push(event) }
  )
  const log = events.flatMap((event) => (event.kind === 'log' ? [event.text] : [])).join('')
  return { events, log, tag }
}

async function secretFile(content: string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-secret-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'secret'), content)
  return join(folder, 'secret')
}

describe('secrets', () => {
  it('reach the RUN that mounts them, from a file and from a variable, and nothing else', async () => {
    vi.stubEnv('PORTOLAN_TEST_SECRET', 'from the environment')
    const path = await secretFile('from a file')
    const { events, tag } = await build(
      [
        'RUN --mount=type=secret,id=one --mount=type=secret,id=two,target=/two \\',
        '  sha256sum /run/secrets/one /two > /sums'
      ].join('\n'),
      {
        secrets: [
          { id: 'one', from: { kind: 'file', path } },
          { id: 'two', from: { kind: 'env', name: 'PORTOLAN_TEST_SECRET' } }
        ]
      }
    )
    const run = ['run', '--rm', '--label', `${TEST_LABEL}=1`, tag]
    const sums = await docker([...run, 'cat', '/sums'])
    for (const value of ['from a file', 'from the environment'])
      expect(sums).toContain(createHash('sha256').update(value).digest('hex'))
    // What was mounted is in no layer.
    await expect(docker([...run, 'cat', '/two'])).rejects.toThrow('No such file')
    expect(JSON.stringify(events)).not.toMatch(/from the environment|from a file/)
  })

  it('a large one comes whole', async () => {
    const path = await secretFile(Buffer.alloc(500 * 1024, 'x'))
    const { log } = await build('RUN --mount=type=secret,id=big wc -c /run/secrets/big', {
      secrets: [{ id: 'big', from: { kind: 'file', path } }]
    })
    expect(log).toContain('512000')
  })

  it.each([
    ['there is no such file', { kind: 'file', path: '/no/such/secret' }, 'not-found'],
    ['there is no such variable', { kind: 'env', name: 'PORTOLAN_NO_SUCH' }, 'not-found'],
    ['it is a folder', { kind: 'file', path: '/tmp' }, 'invalid-input']
  ] as const)('%s: nothing is sent', async (_title, from, code) => {
    const building = build('RUN true', { secrets: [{ id: 'a', from }] })
    await expect(building).rejects.toMatchObject({ data: { code } })
  })

  it('one that is too large, and the classic builder, are refused', async () => {
    const path = await secretFile(Buffer.alloc(500 * 1024 + 1))
    const secrets = [{ id: 'a', from: { kind: 'file', path } }] as const
    await expect(build('RUN true', { secrets })).rejects.toThrow('longer than 500 KiB')
    await expect(build('RUN true', { secrets, builder: 'classic' })).rejects.toMatchObject({
      data: { code: 'unsupported' }
    })
  })

  it('one that the Dockerfile requires and nobody offers fails the build with its name', async () => {
    const building = build('RUN --mount=type=secret,id=wanted,required cat /run/secrets/wanted', {})
    await expect(building).rejects.toThrow('wanted')
  })
})

describe('the SSH agent', () => {
  it('is there for the RUN that asks for it, and for no other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portolan-agent-'))
    const agent = createServer((socket) => socket.end())
    const path = join(folder, 'agent.sock')
    await new Promise<void>((resolve) => agent.listen(path, resolve))
    cleanup.add(async () => {
      agent.close()
      await rm(folder, { recursive: true, force: true })
    })
    vi.stubEnv('SSH_AUTH_SOCK', path)
    const lines = [
      'RUN --mount=type=ssh test -S "$SSH_AUTH_SOCK" && echo it is there',
      'RUN test -z "$SSH_AUTH_SOCK" && echo it is gone'
    ]
    const { log } = await build(lines.join('\n'), { sshAgent: true })
    expect(log).toContain('it is there')
    expect(log).toContain('it is gone')
    await expect(build(lines[0] ?? '', {})).rejects.toThrow('ssh')
  })

  it('where none runs the build says so before anything is sent', async () => {
    vi.stubEnv('SSH_AUTH_SOCK', '')
    await expect(build('RUN true', { sshAgent: true })).rejects.toMatchObject({
      data: { code: 'unsupported' }
    })
  })
})

describe.each(['buildkit', 'classic'] as const)('with %s', (builder) => {
  it('labels, the network and other arguments arrive', async () => {
    const { tag, log } = await build('RUN echo "proxy is $HTTP_PROXY"; ls /sys/class/net', {
      builder,
      labels: { 'org.example.note': 'it\'s "quoted"', empty: '' },
      network: 'none',
      buildArgs: { HTTP_PROXY: 'http://proxy.invalid:1' }
    })
    const labels = await docker(['image', 'inspect', '--format', '{{json .Config.Labels}}', tag])
    expect(JSON.parse(labels)).toMatchObject({ 'org.example.note': 'it\'s "quoted"', empty: '' })
    expect(log).toContain('proxy is http://proxy.invalid:1')
    expect(log).not.toContain('eth0')
  })
})

it('a platform: what it is built for, and one that nobody knows', async () => {
  const contextPath = await buildFolder(cleanup, 'platform', {
    Dockerfile: `FROM scratch\nLABEL ${TEST_LABEL}=1\nCOPY Dockerfile /\n`
  })
  const tag = buildTag(cleanup)
  const options: BuildOptions = {
    contextPath,
    dockerfile: 'Dockerfile',
    tags: [tag],
    buildArgs: {},
    noCache: false,
    pull: false,
    builder: 'buildkit',
    platform: 'linux/arm64'
  }
  const control = { signal: new AbortController().signal, onEvent: () => undefined }
  await buildImage(engine, options, control)
  const format = '{{.Os}}/{{.Architecture}}'
  expect((await docker(['image', 'inspect', '--format', format, tag])).trim()).toBe('linux/arm64')
  await expect(
    buildImage(engine, { ...options, platform: 'no/such/thing/at.all' }, control)
  ).rejects.toMatchObject({ name: 'PortolanError' })
})

it('a Dockerfile outside of the folder is used, and not sent under its name', async () => {
  const outside = await buildFolder(cleanup, 'outside', {
    'My Dockerfile': `FROM ${imageReference('busybox')}\nLABEL ${TEST_LABEL}=1\nCOPY . /all/\nRUN ls -A /all\n`
  })
  const { log } = await build('RUN false', { dockerfile: join(outside, 'My Dockerfile') })
  expect(log).not.toContain('My Dockerfile')
})
