import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildImage, inspectPath } from '../../src/main/builds/operations'
import { Engine } from '../../src/main/engine/engine'
import { PortolanError, type ErrorData } from '../../src/shared/bridge/errors'
import type { Builder, BuildEvent } from '../../src/shared/builds/model'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, TEST_LABEL, testEngine } from '../engine/context'
import { buildFolder, buildTag, dockerfileHead } from '../fixtures/builds/folders'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

interface Built {
  readonly error?: ErrorData
  readonly log: string
  readonly tag: string
}

/** Builds a folder with this Dockerfile, also looks at it as a drop does, which must never fail. */
async function build(dockerfile: string, builder: Builder): Promise<Built> {
  const contextPath = await buildFolder(cleanup, 'bad', { Dockerfile: dockerfile, 'a.txt': 'a\n' })
  const { signal } = new AbortController()
  expect((await inspectPath(contextPath, { signal, builder })).kind).toBe('build-folder')
  const tag = buildTag(cleanup)
  const events: BuildEvent[] = []
  const options = {
    contextPath,
    dockerfile: 'Dockerfile',
    tags: [tag],
    buildArgs: {},
    noCache: false,
    pull: false,
    builder
  }
  const control = { signal, onEvent: (event: BuildEvent) => events.push(event) }
  const error = await buildImage(engine, options, control).then(
    () => undefined,
    (thrown: unknown) => {
      if (thrown instanceof PortolanError) return thrown.data
      throw thrown
    }
  )
  const log = events.flatMap((event) => (event.kind === 'log' ? [event.text] : [])).join('')
  return { ...(error && { error }), log, tag }
}

describe.each(['buildkit', 'classic'] as const)('%s', (builder) => {
  it('an empty Dockerfile, and one of blanks and comments, say that there is nothing in it', async () => {
    for (const text of ['', '\n\n# nothing\n']) {
      const { error } = await build(text, builder)
      expect(error).toMatchObject({ code: 'invalid-input' })
      expect(error?.hint).toContain('begins with FROM')
    }
  })

  it('a BOM and CRLF do no harm', async () => {
    const text = `\uFEFF${dockerfileHead()}RUN echo one && \\\n  echo two\n`.replaceAll(
      '\n',
      '\r\n'
    )
    const { error, log } = await build(text, builder)
    expect(error).toBeUndefined()
    expect(log).toContain('two')
  })

  it('a line of 1 MB ends in a clear word, or in an image, and never in silence', async () => {
    const { error, tag } = await build(
      `${dockerfileHead()}ENV BIG=${'x'.repeat(1_000_000)}\n`,
      builder
    )
    if (error) expect(error.engineMessage).not.toBe('')
    else expect(await docker(['image', 'inspect', '--format', '{{.Id}}', tag])).toMatch(/^sha256:/)
  })

  it('an array without an end is words for the shell, and the fault has its line', async () => {
    const { error } = await build(`${dockerfileHead()}RUN ["echo", "a"\n`, builder)
    expect(error).toMatchObject({ code: 'process-exit', line: 3 })
  })

  it('a missing COPY source names the file, the line and what to check', async () => {
    const { error } = await build(`${dockerfileHead()}# a comment\nCOPY no-such /\n`, builder)
    expect(error).toMatchObject({ line: 4 })
    expect(error?.engineMessage).toContain('no-such')
    expect(error?.hint).toContain('.dockerignore')
  })

  it('an unknown instruction has its line', async () => {
    const { error } = await build(`${dockerfileHead()}RUN true\nFOO bar\n`, builder)
    expect(error).toMatchObject({ code: 'invalid-input', line: 4 })
  })

  it('a failing RUN keeps its escape codes in the log, and out of its message', async () => {
    const print = String.raw`printf '\033[31mred\033[0m\033]0;title\007\n'; exit 4`
    const { error, log } = await build(`${dockerfileHead()}RUN ${print}\n`, builder)
    expect(error).toMatchObject({ code: 'process-exit', exitCode: 4, line: 3 })
    expect(log).toContain('\u001B[31mred')
    expect(error?.message).not.toContain('\u001B')
  })

  it('ARG before FROM is in force for FROM', async () => {
    const [name, version] = imageReference('busybox').split(/:(?=[^:]*$)/)
    const text = `ARG VERSION=${version}\nFROM ${name}:$VERSION\nLABEL ${TEST_LABEL}=1\n`
    expect((await build(text, builder)).error).toBeUndefined()
  })

  it('ONBUILD is done by the image that starts from it, and a fault of it is told', async () => {
    const parent = await build(`${dockerfileHead()}ONBUILD COPY no-such /\n`, builder)
    expect(parent.error).toBeUndefined()
    const child = await build(`FROM ${parent.tag}\nLABEL ${TEST_LABEL}=1\n`, builder)
    expect(child.error?.engineMessage).toContain('no-such')
  })
})

it('an unknown syntax directive says that BuildKit wants to pull it', async () => {
  const { error } = await build(
    `# syntax=registry.invalid/no/such:1\n${dockerfileHead()}`,
    'buildkit'
  )
  expect(error?.engineMessage).toContain('registry.invalid')
  expect(error?.hint).toBeDefined()
})

it('a heredoc where the engine knows none is a fault with its line', async () => {
  const { error, log } = await build(`${dockerfileHead()}RUN <<END\necho hello\nEND\n`, 'buildkit')
  if (error) expect(error).toMatchObject({ code: 'invalid-input', line: 4 })
  else expect(log).toContain('hello')
})
