import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packContext } from '../../src/main/builds/context/pack'
import { prepareContext } from '../../src/main/builds/context/prepare'
import { PortolanError } from '../../src/shared/bridge/errors'
import { CONTEXT_CASES, type ContextCase } from '../fixtures/builds/context-trees'
import { plant } from '../fixtures/builds/plant'
import { readContext, RecordingEngine, type RecordedEntry } from './recording-engine'

// Every docker CLI of this machine is a reference. The real CLI packs each tree and posts it to a recorder; a recorder is right here,
// because the bytes that the CLI sends are what is compared, and an engine would only swallow them.
const CLIS = findClis()

interface Cli {
  readonly path: string
  readonly major: number
  readonly version: string
}

function findClis(): Cli[] {
  const folders = (process.env['PATH'] ?? '').split(':')
  const found = [
    ...new Set([...folders.map((folder) => join(folder, 'docker')), '/usr/bin/docker'])
  ]
    .filter((path) => existsSync(path))
    .map((path) => {
      const version = /version ([\d.]+)/.exec(
        execFileSync(path, ['--version'], { encoding: 'utf8' })
      )
      return { path, version: version?.[1] ?? '', major: Number(version?.[1]?.split('.')[0]) }
    })
  return found.filter((cli, at) => found.findIndex((it) => it.version === cli.version) === at)
}

/** One for each CLI, so that they can run side by side. */
const recorders = new Map<Cli, RecordingEngine>()
beforeAll(async () => {
  for (const cli of CLIS) recorders.set(cli, await RecordingEngine.start())
})
afterAll(() => Promise.all([...recorders.values()].map((recorder) => recorder.stop())))

it('a docker CLI is there to compare with', () => {
  expect(CLIS.length).toBeGreaterThan(0)
})

describe('the context that we send is the one that the docker CLI sends', () => {
  it.each(CONTEXT_CASES.map((it) => [it.name, it] as const))('%s', async (_name, wanted) => {
    const root = mkdtempSync(join(tmpdir(), 'context-'))
    const context = join(root, 'context')
    const servers = await plant(context, wanted.tree)
    try {
      if (wanted.ignore !== undefined) writeFileSync(join(context, '.dockerignore'), wanted.ignore)
      const ours = await pack(context, wanted)
      if (wanted.isRefused) expect(ours).toBeInstanceOf(PortolanError)
      await Promise.all(CLIS.map((cli) => compare(cli, context, wanted, ours)))
    } finally {
      for (const server of servers) server.close()
      rmSync(root, { recursive: true, force: true })
    }
  })
})

async function compare(
  cli: Cli,
  context: string,
  wanted: ContextCase,
  ours: Packed | PortolanError
): Promise<void> {
  const label = `docker CLI ${cli.version}`
  const theirs = await buildWith(cli, context, wanted)
  if (wanted.isRefused || ours instanceof PortolanError) {
    expect(theirs, `${label} refuses`).toBeUndefined()
    expect(ours).toBeInstanceOf(PortolanError)
    return
  }
  const leftOut = cli.major < (wanted.sinceCli?.major ?? 0) ? wanted.sinceCli?.leftOut : undefined
  const reference = theirs?.entries.filter((entry) => !leftOut?.includes(entry.name))
  expect(reference?.length, label).toBe((theirs?.entries.length ?? 0) - (leftOut?.length ?? 0))
  expect(theirs?.dockerfile, label).toBe(ours.dockerfile)
  expect(ours.entries, label).toEqual(reference)
}

interface Packed {
  readonly dockerfile: string
  readonly entries: readonly RecordedEntry[]
}

async function pack(context: string, wanted: ContextCase): Promise<Packed | PortolanError> {
  const dockerfile =
    wanted.dockerfile ?? (existsSync(join(context, 'Dockerfile')) ? 'Dockerfile' : 'dockerfile')
  try {
    const prepared = await prepareContext({ contextPath: context, dockerfile }, 'classic')
    return comparable(prepared.dockerfileName, await readContext(packContext(prepared)))
  } catch (error) {
    if (error instanceof PortolanError) return error
    throw error
  }
}

async function buildWith(
  cli: Cli,
  context: string,
  wanted: ContextCase
): Promise<Packed | undefined> {
  const file = wanted.dockerfile === undefined ? [] : ['--file', join(context, wanted.dockerfile)]
  const recorder = recorders.get(cli)
  if (!recorder) throw new Error('no recorder')
  const failure = await new Promise<Error | null>((resolve) => {
    const env = { ...process.env, DOCKER_BUILDKIT: '0', DOCKER_HOST: recorder.host }
    execFile(cli.path, ['build', ...file, context], { env }, (error) => resolve(error))
  })
  const [build] = await recorder.take()
  if (!build) return undefined
  if (failure) throw failure
  return comparable(build.query.get('dockerfile') ?? '', build.entries)
}

const RANDOM_NAME = /\.dockerfile\.[0-9a-f]{20}/

/** A Dockerfile from outside has a random name and a place of chance: both are made equal. */
function comparable(dockerfile: string, entries: readonly RecordedEntry[]): Packed {
  if (!RANDOM_NAME.test(dockerfile)) return { dockerfile, entries }
  const fixed = entries.map((entry) => ({
    ...entry,
    name: entry.name.replace(RANDOM_NAME, '.dockerfile.random'),
    // It holds the random name.
    sha256: entry.name === '.dockerignore' ? '' : entry.sha256
  }))
  return {
    dockerfile: '.dockerfile.random',
    entries: fixed.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }
}
