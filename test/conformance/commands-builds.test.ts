import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildImage } from '../../src/main/builds/operations'
import { Engine } from '../../src/main/engine/engine'
import { buildCommand, isSecretBuildArg } from '../../src/shared/builds/command'
import type { BuildOptions } from '../../src/shared/builds/model'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliAt, cliOnPath, normalise, runLine, runLineWell } from './command-line'

const cli = cliOnPath()
/** Newer CLIs need their buildx for BuildKit; the one of the distribution brings its own. */
const buildkitCli = [
  cli,
  ...(existsSync('/usr/bin/docker') ? [cliAt('/usr/bin/docker')] : [])
].find(({ major }) => major < 23)
const cleanup = createCleanup()
afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanup.run()
})

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const ODD_VALUES: Readonly<Record<string, string>> = {
  SPACES: '  two  words  ',
  SINGLE: "it's",
  DOUBLE: 'say "hello"',
  DOLLAR: '$HOME ${HOME} $(id) `id`',
  BACKSLASH: String.raw`C:\new\folder\ `,
  LINES: 'one\ntwo\n\nfour',
  EMPTY: '',
  EQUALS: 'a=b==c',
  DASH: '--no-cache',
  GLOB: '* ? [a] ~ # !',
  UNICODE: 'порт 🚢 ü',
  API_TOKEN: `s3cr3t "it's" $HOME`
}

/** Shows all that a line can say wrongly: the arguments stand in the image's environment. */
function dockerfile(): string {
  const names = Object.keys(ODD_VALUES)
  return [
    `FROM ${imageReference('busybox')} AS first`,
    `LABEL ${TEST_LABEL}=1`,
    'COPY . /context/',
    ...names.flatMap((name) => [`ARG ${name}=default`, `ENV ARG_${name}=$${name}`]),
    'FROM first AS Second',
    'ENV STAGE=second',
    'RUN echo second > /second',
    'FROM first',
    'ENV STAGE=last',
    ''
  ].join('\n')
}

interface Case {
  readonly title: string
  readonly options: Partial<BuildOptions>
  /** The context's folder. */
  readonly folder?: string
  /** Where the Dockerfile is, from the context's parent. */
  readonly dockerfileAt?: string
  readonly stage?: string
  /** We put the Dockerfile into the context, under a name of its own. The classic builder hides it again, BuildKit shows it to COPY. */
  readonly addsFiles?: boolean
}

const cases: readonly Case[] = [
  { title: 'a folder', options: {} },
  { title: 'a target', options: { target: 'second' }, stage: 'second' },
  { title: 'build arguments that need quoting', options: { buildArgs: ODD_VALUES } },
  { title: 'labels that need quoting', options: { labels: ODD_VALUES } },
  { title: 'no network', options: { network: 'none' } },
  {
    title: 'a folder whose name needs quoting',
    options: {},
    folder: `it's "a" $HOME \`id\` -folder ü\n`
  },
  {
    title: 'a Dockerfile in a folder of the context',
    options: { dockerfile: 'docker files/My $x.Dockerfile' },
    folder: 'context',
    dockerfileAt: 'context/docker files/My $x.Dockerfile'
  },
  {
    title: 'a Dockerfile of another name',
    options: { dockerfile: 'dev' },
    dockerfileAt: 'context/dev'
  },
  {
    title: 'a Dockerfile outside',
    addsFiles: true,
    options: { dockerfile: '<parent>/out side/Dockerfile' },
    dockerfileAt: 'out side/Dockerfile'
  }
]

const builders = [
  { builder: undefined, by: cli },
  { builder: 'classic', by: cli },
  ...(buildkitCli ? [{ builder: 'buildkit', by: buildkitCli } as const] : [])
] as const

it('a docker CLI that can use BuildKit is there to compare with', () => {
  expect(buildkitCli, 'install the docker.io package').toBeDefined()
})

describe.each(builders)(
  'a build’s command line, builder $builder, run by the docker CLI $by.version',
  ({ builder, by }) => {
    it.each(cases.map((it) => [it.title, it] as const))('%s', async (_title, wanted) => {
      const options = await plant(wanted)
      const [ours, theirs] = [tags(2), tags(2)]
      // The line of a build without a choice runs with the classic builder here: see runLine.
      await build({ ...options, tags: ours, builder: builder ?? 'classic' })
      const line = buildCommand({ ...options, tags: theirs, ...(builder && { builder }) })
      // A secret's value is not in the line: the person has it in the environment.
      const secrets = Object.entries(options.buildArgs).filter((pair) => isSecretBuildArg(...pair))
      if (!options.labels) expect(line).not.toContain('s3cr3t')
      await runLineWell(line, { cli: by, env: Object.fromEntries(secrets) })
      const left = await inspect(ours)
      expect(left.env['STAGE']).toBe(wanted.stage ?? 'last')
      for (const [name, value] of Object.entries(options.buildArgs))
        expect(left.env[`ARG_${name}`]).toBe(value)
      const right = await inspect(theirs)
      if (builder === 'buildkit' && wanted.addsFiles) {
        expect({ ...right.all, ...SIZES }).toEqual({ ...left.all, ...SIZES })
      } else expect(right.all).toEqual(left.all)
      expect(right.tags).toEqual(expect.arrayContaining(theirs))
      expect(left.tags).toEqual(expect.arrayContaining(ours))
      expect(right.layers.length).toBe(left.layers.length)
      // Its steps being the same, the classic builder's cache gives the very same image. BuildKit gets the files from the CLI by another
      // way than from us, with finer times.
      if (builder !== 'buildkit') expect(right.layers).toEqual(left.layers)
    })

    it('a target that is not there is refused to both', async () => {
      const options = await plant({ title: '', options: { target: 'no-such' } })
      const failing = { ...options, builder: builder ?? ('classic' as const) }
      await expect(build(failing)).rejects.toMatchObject({ name: 'PortolanError' })
      const { exitCode, stdout, stderr } = await runLine(buildCommand(failing), { cli: by })
      expect(exitCode).not.toBe(0)
      expect(stdout + stderr).toContain('no-such')
    })

    it.runIf(builder === 'buildkit')(
      'secrets, of a file whose name needs quoting too',
      async () => {
        const options = await plant({ title: '', options: {} })
        const path = join(options.contextPath, '..', `it's a "secret", $HOME`)
        await writeFile(path, 's3cr3t of a file')
        const env = { PORTOLAN_TEST_SECRET: 's3cr3t of a variable' }
        const text = [
          `FROM ${imageReference('busybox')}`,
          `LABEL ${TEST_LABEL}=1`,
          'RUN --mount=type=secret,id=a --mount=type=secret,id=b cat /run/secrets/a /run/secrets/b > /seen'
        ].join('\n')
        await writeFile(join(options.contextPath, 'Dockerfile'), text)
        const secrets = [
          { id: 'a', from: { kind: 'file', path } },
          { id: 'b', from: { kind: 'env', name: 'PORTOLAN_TEST_SECRET' } }
        ] as const
        const [ours, theirs] = [tags(1), tags(1)]
        const more = { builder: 'buildkit', noCache: true, secrets } as const
        vi.stubEnv('PORTOLAN_TEST_SECRET', env.PORTOLAN_TEST_SECRET)
        await build({ ...options, ...more, tags: ours })
        const line = buildCommand({ ...options, ...more, tags: theirs })
        expect(line).not.toContain('s3cr3t')
        await runLineWell(line, { cli: by, env })
        for (const [tag = ''] of [ours, theirs]) {
          const run = ['run', '--rm', '--label', `${TEST_LABEL}=1`, tag, 'cat', '/seen']
          expect(await docker(run)).toBe('s3cr3t of a files3cr3t of a variable')
        }
      }
    )

    it.runIf(builder === 'buildkit')('a platform, and the SSH agent', async () => {
      const options = await plant({ title: '', options: {} })
      const text = `FROM scratch\nLABEL ${TEST_LABEL}=1\nCOPY file.txt /\n`
      await writeFile(join(options.contextPath, 'Dockerfile'), text)
      const socket = join(options.contextPath, '..', 'agent.sock')
      const agent = createServer().listen(socket)
      cleanup.add(() => agent.close())
      const [ours, theirs] = [tags(1), tags(1)]
      const more = { builder: 'buildkit', platform: 'linux/arm64', sshAgent: true } as const
      vi.stubEnv('SSH_AUTH_SOCK', socket)
      await build({ ...options, ...more, tags: ours })
      const line = buildCommand({ ...options, ...more, tags: theirs })
      await runLineWell(line, { cli: by, env: { SSH_AUTH_SOCK: socket } })
      expect((await inspect(theirs)).all).toEqual((await inspect(ours)).all)
      expect((await inspect(ours)).all).toMatchObject({ Architecture: 'arm64' })
    })

    it('the cache, used and not used', async () => {
      const options = await plant({ title: '', options: {} })
      // A RUN that never makes the same layer twice; a file's time would, within one second.
      const text = `FROM ${imageReference('busybox')}\nLABEL ${TEST_LABEL}=1\nRUN cat /proc/sys/kernel/random/uuid > /drawn\n`
      await writeFile(join(options.contextPath, 'Dockerfile'), text)
      const all = [tags(1), tags(1), tags(1), tags(1)]
      const run = (at: number, noCache: boolean): Promise<unknown> => {
        const more = { tags: all[at] ?? [], noCache, builder: builder ?? ('classic' as const) }
        // BuildKit gets the files from the CLI by another way, with finer times: its own cache is used by the same client alone.
        return at === 2 || (at === 0 && builder !== 'buildkit')
          ? build({ ...options, ...more })
          : runLineWell(buildCommand({ ...options, ...more }), { cli: by })
      }
      await run(0, false)
      await run(1, false)
      await run(2, true)
      await run(3, true)
      const layers = await Promise.all(all.map(async (it) => (await inspect(it)).layers.at(-1)))
      expect(layers[1]).toBe(layers[0])
      expect(new Set(layers).size).toBe(3)
    })

    it.skipIf(builder === undefined)('a step that fails leaves no container behind', async () => {
      const options = await plant({ title: '', options: {} })
      const text = `FROM ${imageReference('busybox')}\nLABEL ${TEST_LABEL}=1\nRUN exit 7\n`
      await writeFile(join(options.contextPath, 'Dockerfile'), text)
      const before = await containers()
      const failing = { ...options, builder: builder ?? ('classic' as const) }
      await expect(build(failing)).rejects.toMatchObject({ code: 'process-exit' })
      expect(await containers()).toEqual(before)
      const { exitCode } = await runLine(buildCommand(failing), { cli: by })
      expect(exitCode).not.toBe(0)
      expect(await containers()).toEqual(before)
    })
  }
)

const SIZES = { Size: 0, VirtualSize: 0 }

async function plant({ options, folder = 'context', dockerfileAt }: Case): Promise<BuildOptions> {
  const parent = await mkdtemp(join(tmpdir(), 'commands-builds-'))
  cleanup.add(() => rm(parent, { recursive: true, force: true }))
  const contextPath = join(parent, folder)
  const path =
    dockerfileAt === undefined ? join(contextPath, 'Dockerfile') : join(parent, dockerfileAt)
  await mkdir(contextPath, { recursive: true })
  await mkdir(dirname(path), { recursive: true })
  await writeFile(join(contextPath, 'file.txt'), 'a file\n')
  await writeFile(path, dockerfile())
  const wanted = options.dockerfile?.replace('<parent>', parent) ?? 'Dockerfile'
  const plain = { buildArgs: {}, noCache: false, pull: false, tags: [] }
  return { ...plain, ...options, contextPath, dockerfile: wanted }
}

function tags(count: number): string[] {
  const made = Array.from({ length: count }, () => `localhost:5000/${uniqueName('a_b')}:V1.0-x_y`)
  cleanup.add(() => docker(['rmi', '--force', ...made]).catch(() => undefined))
  return made
}

async function build(options: BuildOptions): Promise<void> {
  const { signal } = new AbortController()
  await buildImage(engine, options, { signal, onEvent: () => undefined })
}

interface Inspected {
  readonly all: object
  readonly env: Readonly<Record<string, string>>
  readonly layers: readonly string[]
  readonly tags: readonly string[]
}

/** An image: all that a container made from it would be, and what it is made of and called. */
async function inspect(names: readonly string[]): Promise<Inspected> {
  const [found] = JSON.parse(await docker(['image', 'inspect', names[0] ?? ''])) as [Found]
  const { Metadata: _tagged, Id: _id, Parent: _parent, RepoTags: tags, RootFS, ...all } = found
  const pairs = found.Config.Env.map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return {
    all: normalise(all, { names: {} }) as object,
    env: Object.fromEntries(pairs) as Record<string, string>,
    layers: RootFS.Layers,
    tags
  }
}

interface Found {
  readonly Id: string
  readonly Parent: string
  readonly Metadata: object
  readonly RepoTags: readonly string[]
  readonly Config: { readonly Env: readonly string[] }
  readonly RootFS: { readonly Layers: readonly string[] }
}

async function containers(): Promise<string[]> {
  const listed = await docker(['ps', '--all', '--no-trunc', '--format', '{{.ID}} {{.Command}}'])
  return listed.split('\n').filter((line) => line.includes('exit 7'))
}
