import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildImage, chooseBuilder, inspectPath } from '../../src/main/builds/operations'
import { Engine } from '../../src/main/engine/engine'
import { PortolanError, type ErrorData } from '../../src/shared/bridge/errors'
import type { BuildEvent, Builder, BuildOptions, BuildResult } from '../../src/shared/builds/model'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
let base: string
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
  base = imageReference('busybox')
})

/** A context of the given files; its folder is removed at the end of the test. */
async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'builds-'))
  cleanup.add(() => rm(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

interface Outcome {
  readonly result?: BuildResult
  readonly error?: ErrorData
  readonly events: readonly BuildEvent[]
  readonly log: string
  readonly tag: string
}

async function build(
  contextPath: string,
  builder: Builder,
  more: Partial<BuildOptions> = {},
  signal = new AbortController().signal,
  watch: (event: BuildEvent) => void = () => undefined
): Promise<Outcome> {
  const tag = `${uniqueName('portolan-test')}:1`
  cleanup.add(() => docker(['rmi', '--force', tag]).catch(() => undefined))
  const events: BuildEvent[] = []
  const options: BuildOptions = {
    contextPath,
    dockerfile: 'Dockerfile',
    tags: [tag],
    buildArgs: {},
    noCache: false,
    pull: false,
    builder,
    ...more
  }
  const onEvent = (event: BuildEvent): void => {
    events.push(event)
    watch(event)
  }
  const outcome = await buildImage(engine, options, { signal, onEvent }).then(
    (result) => ({ result }),
    (error: unknown) => {
      if (error instanceof PortolanError) return { error: error.data }
      throw error
    }
  )
  const log = events.flatMap((event) => (event.kind === 'log' ? [event.text] : [])).join('')
  return { ...outcome, events, log, tag }
}

/** Steps with an instruction, as they ended. */
function finished({ events }: Outcome): { line?: number; isCached: boolean; error?: string }[] {
  return events.flatMap((event) =>
    event.kind === 'step' && event.phase === 'finished' && event.step.line !== undefined
      ? [event.step]
      : []
  )
}

function run(tag: string, ...command: string[]): Promise<string> {
  return docker(['run', '--rm', '--network', 'none', tag, ...command])
}

it('the engine of the tests has BuildKit, and it is chosen', async () => {
  expect(await chooseBuilder(engine)).toBe('buildkit')
})

describe.each(['classic', 'buildkit'] as const)('a build by the %s builder', (builder) => {
  it('makes an image with the files, the tag and the steps of the Dockerfile', async () => {
    const context = await folder({
      Dockerfile: `FROM ${base}\n# a comment\nCOPY . /app/\nENV A=1\nRUN cat /app/ü.txt \\\n && echo oops >&2\n`,
      '.dockerignore': '*.log\n!keep.log\n',
      'ü.txt': 'grüße 日本\n',
      'drop.log': 'x',
      'keep.log': 'x'
    })
    const outcome = await build(context, builder)
    expect(outcome.error).toBeUndefined()
    expect(outcome.result).toMatchObject({ builder, tags: [outcome.tag] })
    expect(outcome.events.at(-1)).toEqual({ kind: 'result', result: outcome.result })
    expect(await docker(['inspect', '--format', '{{.Id}}', outcome.tag])).toBe(
      `${outcome.result?.imageId}\n`
    )
    const listing = (await run(outcome.tag, 'ls', '/app')).split('\n')
    expect(listing).toContain('keep.log')
    expect(listing).not.toContain('drop.log')
    expect(outcome.log).toContain('grüße 日本')
    expect(outcome.log).not.toContain('\uFFFD')
    expect(
      outcome.events.some(
        (it) => it.kind === 'log' && it.stream === 'stderr' && /oops/.test(it.text)
      )
    ).toBe(true)
    const lines = finished(outcome).map((step) => step.line)
    expect(lines).toEqual(builder === 'classic' ? [1, 3, 4, 5] : [1, 3, 5])
    const uploads = outcome.events.flatMap((it) => (it.kind === 'upload' ? [it] : []))
    expect(uploads.at(-1)?.sentBytes).toBe(uploads.at(-1)?.totalBytes)
  })

  it('says which steps came from the cache, and none with noCache', async () => {
    const context = await folder({ Dockerfile: `FROM ${base}\nRUN echo ${uniqueName('cached')}\n` })
    await build(context, builder)
    const again = await build(context, builder)
    expect(finished(again).find((step) => step.line === 2)?.isCached).toBe(true)
    const anew = await build(context, builder, { noCache: true })
    expect(finished(anew).find((step) => step.line === 2)?.isCached).toBe(false)
  })

  it('points at the line of a RUN that fails, with its exit code, and leaves no container', async () => {
    const before = await docker(['ps', '--all', '--quiet'])
    const context = await folder({
      Dockerfile: `FROM ${base}\n\nRUN true\nRUN echo almost \\\n  && exit 7\nRUN true\n`
    })
    const outcome = await build(context, builder)
    expect(outcome.error).toMatchObject({ code: 'process-exit', exitCode: 7, line: 4 })
    expect(outcome.error?.message).toContain('RUN echo almost')
    expect(outcome.error?.engineMessage).toContain('exit 7')
    expect(finished(outcome).at(-1)).toMatchObject({ line: 4, error: expect.stringContaining('7') })
    expect(outcome.log).toContain('almost')
    expect(await docker(['ps', '--all', '--quiet'])).toBe(before)
  })

  it('points at a COPY whose source is not sent, and says why', async () => {
    const context = await folder({
      Dockerfile: `FROM ${base}\nCOPY there /\nCOPY secret.txt /\n`,
      '.dockerignore': 'secret.txt\n',
      there: 'x',
      'secret.txt': 'x'
    })
    const { error } = await build(context, builder)
    expect(error).toMatchObject({ code: 'stream-failed', line: 3 })
    expect(error?.hint).toContain('.dockerignore')
  })

  it('points at the line of a Dockerfile that cannot be parsed', async () => {
    const context = await folder({ Dockerfile: `FROM ${base}\nRUN true\nFOO bar\n` })
    const { error } = await build(context, builder)
    expect(error).toMatchObject({ code: 'invalid-input', line: 3 })
    expect(error?.engineMessage).toContain('unknown instruction: FOO')
  })

  it('passes build arguments and stops at the target stage', async () => {
    const context = await folder({
      Dockerfile: [
        `ARG BASE=none.invalid/none`,
        `FROM \${BASE} AS first`,
        `ARG GREETING=unset`,
        `RUN echo "$GREETING" > /greeting`,
        `FROM first AS second`,
        `RUN exit 9`
      ].join('\n')
    })
    const outcome = await build(context, builder, {
      buildArgs: { BASE: base, GREETING: 'a "b" = c ü' },
      target: 'first'
    })
    expect(outcome.error).toBeUndefined()
    expect(await run(outcome.tag, 'cat', '/greeting')).toBe('a "b" = c ü\n')
  })

  it('points into the right stage of several', async () => {
    const context = await folder({
      Dockerfile: `FROM ${base} AS one\nRUN echo one\nFROM ${base}\nCOPY --from=one /bin/sh /sh\nRUN false\n`
    })
    const { error } = await build(context, builder)
    expect(error).toMatchObject({ code: 'process-exit', exitCode: 1, line: 5 })
  })

  it('takes a Dockerfile from outside of the context', async () => {
    const outside = await folder({ 'x.Dockerfile': `FROM ${base}\nCOPY . /app\n` })
    const context = await folder({ a: 'a' })
    const outcome = await build(context, builder, { dockerfile: join(outside, 'x.Dockerfile') })
    expect(outcome.error).toBeUndefined()
    const names = (await run(outcome.tag, 'ls', '-A', '/app')).trim().split('\n')
    expect(names).toContain('a')
    // The classic builder removes what .dockerignore names; BuildKit keeps what an uploaded context holds.
    if (builder === 'classic') expect(names).toEqual(['a'])
  })

  it('refuses a Dockerfile that is not there before it asks the engine', async () => {
    const context = await folder({ a: 'a' })
    const { error, events } = await build(context, builder)
    expect(error?.code).toBe('not-found')
    expect(events.filter((it) => it.kind === 'upload')).toEqual([])
  })

  it('names the registry when a base image cannot be pulled', async () => {
    const context = await folder({ Dockerfile: 'FROM 127.0.0.1:9/none/none:1\n' })
    const { error } = await build(context, builder)
    expect(error?.code).toBe('stream-failed')
    expect(error?.hint).toContain('registry')
  })

  it('is cancelled in the middle of a RUN: no container and no process is left', async () => {
    const marker = uniqueName('marker')
    const context = await folder({
      Dockerfile: `FROM ${base}\nRUN echo go; sleep 300; true ${marker}\n`
    })
    const before = await docker(['ps', '--all', '--quiet'])
    const abort = new AbortController()
    const outcome = await build(context, builder, {}, abort.signal, (event) => {
      if (event.kind === 'log' && /^go\n?$/m.test(event.text)) abort.abort()
    })
    expect(outcome.error).toMatchObject({ code: 'cancelled' })
    // The engine sweeps up on its own time; nothing tells when a build's container is gone but the list.
    await expect.poll(() => docker(['ps', '--all', '--quiet']), { timeout: 15_000 }).toBe(before)
    await expect.poll(() => processesWith(marker), { timeout: 15_000 }).toEqual([])
  })

  it('is cancelled before it began', async () => {
    const context = await folder({ Dockerfile: `FROM ${base}\n` })
    const { error } = await build(context, builder, {}, AbortSignal.abort())
    expect(error?.code).toBe('cancelled')
  })

  it('warns about a socket and goes on', async () => {
    const context = await folder({ Dockerfile: `FROM ${base}\nCOPY . /app\n`, a: 'a' })
    const { createServer } = await import('node:net')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(context, 's.sock'), resolve))
    cleanup.add(() => server.close())
    const outcome = await build(context, builder)
    expect(outcome.error).toBeUndefined()
    expect(outcome.events).toContainEqual({
      kind: 'warning',
      message: expect.stringContaining('s.sock')
    })
  })
})

describe('the ignore file of a Dockerfile', () => {
  it.each([
    ['classic', ['a', 'b']],
    ['buildkit', ['b']]
  ] as const)('the %s builder: COPY sees %j', async (builder, expected) => {
    const context = await folder({
      'x.Dockerfile': `FROM ${base}\nCOPY a* b* /app/\n`,
      'x.Dockerfile.dockerignore': 'a\n',
      a: 'a',
      b: 'b'
    })
    const outcome = await build(context, builder, { dockerfile: 'x.Dockerfile' })
    expect(outcome.error).toBeUndefined()
    expect((await run(outcome.tag, 'ls', '/app')).trim().split('\n')).toEqual(expected)
  })
})

it('a folder is looked at and then built as it was proposed', async () => {
  const context = await folder({ Dockerfile: `FROM ${base}\n` })
  const report = await inspectPath(context, { signal: new AbortController().signal })
  if (report.kind !== 'build-folder') throw new Error(report.kind)
  expect(report.proposedTag).toBe(basename(context).toLowerCase())
  const outcome = await build(report.path, 'classic', {
    dockerfile: report.dockerfiles[0]?.path ?? ''
  })
  expect(outcome.error).toBeUndefined()
})

/** Command lines of this machine's processes that hold the marker, our own docker calls apart. */
async function processesWith(marker: string): Promise<string[]> {
  const { readdir, readFile } = await import('node:fs/promises')
  const found: string[] = []
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue
    const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')
    if (line.includes(marker)) found.push(line.replaceAll('\0', ' '))
  }
  return found
}
