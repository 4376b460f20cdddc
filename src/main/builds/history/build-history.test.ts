import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PortolanError } from '../../../shared/bridge/errors'
import type { BuildEvent, BuildOptions } from '../../../shared/builds/model'
import { GrantedPaths } from '../../bridge/granted-paths'
import { StateStore } from '../../bridge/state-store'
import { BuildHistory } from './build-history'

let dataFolder: string
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'portolan-history-'))
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const RESULT = {
  imageId: `sha256:${'a'.repeat(64)}`,
  tags: [],
  builder: 'buildkit',
  durationMs: 5
} as const
const OPTIONS: BuildOptions = {
  contextPath: '/home/ann/web',
  dockerfile: 'Dockerfile',
  tags: ['web:1'],
  buildArgs: { MODE: 'dev', NPM_TOKEN: 's3cr3t' },
  noCache: false,
  pull: false
}

/** A history as a start of the app has it. */
function started(handedOver: readonly string[] = []) {
  const state = new StateStore()
  const granted = new GrantedPaths()
  for (const path of handedOver) granted.grant(path)
  const report = (_operation: string, error: unknown): never => {
    throw error
  }
  return { history: new BuildHistory({ dataFolder, state, granted, report }), state, granted }
}

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const begin = (history: BuildHistory, number: number) =>
  history.begin({ id: idOf(number), engine: 'unix:///x', title: 'web:1', options: OPTIONS })

function rowOf({ state }: { readonly state: StateStore }, number: number) {
  return state.get('builds', idOf(number))
}

async function logOf(history: BuildHistory, number: number): Promise<BuildEvent[]> {
  const all: BuildEvent[] = []
  for await (const batch of history.log(idOf(number))) all.push(...batch)
  return all
}

const line = (text: string): BuildEvent => ({ kind: 'log', stream: 'stdout', text })

it('remembers a build over a restart, with its log, and no secret of it', async () => {
  const first = started()
  const notes = begin(first.history, 1)
  expect(rowOf(first, 1)).toMatchObject({ state: 'running' })
  notes.event({ kind: 'upload', sentBytes: 10, totalBytes: 10 })
  const step = { id: 'a', name: 'RUN x', isCached: true, line: 3 }
  notes.event({ kind: 'step', phase: 'finished', step })
  notes.event(line('hello'))
  await notes.end({ result: RESULT })
  // Writes follow each other: when this one is done, all are.
  await first.history.forget([idOf(9)])

  const second = started()
  expect(rowOf(second, 1)).toMatchObject({
    state: 'succeeded',
    sentBytes: 10,
    stepCount: 1,
    cachedCount: 1,
    options: { contextPath: '/home/ann/web', buildArgs: { MODE: 'dev' } },
    result: RESULT
  })
  expect(await logOf(second.history, 1)).toEqual([
    { kind: 'step', phase: 'finished', step },
    line('hello')
  ])
  const kept = await readFile(join(dataFolder, 'builds', 'history.json'), 'utf8')
  expect(kept).not.toContain('s3cr3t')
})

it('a failure keeps its error, a cancel is one, and what the app’s end cut off is interrupted', async () => {
  const first = started()
  const error = new PortolanError({ code: 'process-exit', message: 'no', line: 4, exitCode: 1 })
  await begin(first.history, 1).end({ error })
  const cancelled = new PortolanError({ code: 'cancelled', message: 'cancelled' })
  await begin(first.history, 2).end({ error: cancelled })
  begin(first.history, 3)
  await first.history.forget([idOf(9)])
  const second = started()
  expect(rowOf(second, 1)).toMatchObject({ state: 'failed', error: { line: 4, exitCode: 1 } })
  expect(rowOf(second, 2)).toMatchObject({ state: 'cancelled' })
  expect(rowOf(second, 3)).toMatchObject({ state: 'interrupted' })
})

it('a folder that had been handed over is so again; another is not', async () => {
  const first = started(['/home/ann/web'])
  await begin(first.history, 1).end({ result: RESULT })
  await first.history.forget([idOf(9)])
  expect(started().granted.covers('/home/ann/web/Dockerfile')).toBe(true)
  await rm(join(dataFolder, 'builds'), { recursive: true })
  const other = started()
  await begin(other.history, 2).end({ result: RESULT })
  await other.history.forget([idOf(9)])
  expect(started().granted.covers('/home/ann/web/Dockerfile')).toBe(false)
})

it('forgets with the log, but not what runs', async () => {
  const one = started()
  const running = begin(one.history, 1)
  await begin(one.history, 2).end({ result: RESULT })
  await one.history.forget([idOf(1), idOf(2)])
  expect(rowOf(one, 1)).toBeDefined()
  expect(rowOf(one, 2)).toBeUndefined()
  await expect(logOf(one.history, 2)).rejects.toMatchObject({ data: { code: 'not-found' } })
  await running.end({ result: RESULT })
  await one.history.forget([idOf(1)])
  expect(await readdir(join(dataFolder, 'builds'))).toEqual(['history.json'])
})

it('keeps a hundred, the newest', async () => {
  const one = started()
  for (let at = 1; at <= 103; at++) await begin(one.history, at).end({ result: RESULT })
  await one.history.forget([idOf(999)])
  expect(rowOf(one, 3)).toBeUndefined()
  expect(rowOf(one, 4)).toBeDefined()
  expect((await readdir(join(dataFolder, 'builds'))).length).toBe(101)
})

it('of a very long log the beginning and the end stay, and it says so', async () => {
  const one = started()
  const notes = begin(one.history, 1)
  const text = 'x'.repeat(1000)
  for (let at = 0; at < 20_000; at++) notes.event(line(`${at} ${text}`))
  await notes.end({ result: RESULT })
  const events = await logOf(one.history, 1)
  expect(events[0]).toEqual(line(`0 ${text}`))
  expect(events.at(-1)).toEqual(line(`19999 ${text}`))
  expect(events.filter(({ kind }) => kind === 'warning')).toHaveLength(1)
  expect(events.length).toBeLessThan(10_000)
})

it('a broken file is begun anew, and stray logs are swept', async () => {
  const one = started()
  await begin(one.history, 1).end({ result: RESULT })
  await one.history.forget([idOf(9)])
  await writeFile(join(dataFolder, 'builds', 'history.json'), '{"no')
  const two = started()
  expect(rowOf(two, 1)).toBeUndefined()
  await begin(two.history, 2).end({ result: RESULT })
  await expect
    .poll(() => readdir(join(dataFolder, 'builds')), { timeout: 10_000 })
    .not.toContain(`${idOf(1)}.jsonl`)
})
