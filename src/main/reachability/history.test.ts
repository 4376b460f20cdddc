import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KeptSweep } from '../../shared/reachability/kept'
import { SweepHistory } from './history'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-sweeps-'))
})
afterEach(() => rm(folder, { recursive: true }))

function sweepOf(id: string, count = 2): KeptSweep {
  const containers = Array.from({ length: count }, (_, at) => ({
    id: `c${at}`,
    name: `c${at}`,
    state: 'running' as const,
    networks: [{ id: 'n', name: 'net' }],
    ...(at === 1 && { joined: 'c0' })
  }))
  return { id, startedAtMs: 1, durationMs: 2, containers, verdicts: ['.r', 'u.'] }
}

it('keeps the last sweeps of each engine, over a restart', async () => {
  const history = new SweepHistory(folder)
  for (let at = 0; at < 40; at++) await history.add('unix:///a', sweepOf(`a${at}`))
  await history.add('unix:///b', sweepOf('b'))
  const again = new SweepHistory(folder)
  expect(again.list('unix:///a').map(({ id }) => id)).toEqual(
    Array.from({ length: 30 }, (_, at) => `a${at + 10}`)
  )
  expect(again.list('unix:///b')).toEqual([sweepOf('b')])
  expect(again.list('unix:///c')).toEqual([])
})

it('keeps fewer of large ones, and of few engines', async () => {
  const history = new SweepHistory(folder)
  for (const id of ['1', '2', '3']) await history.add('big', sweepOf(id, 1300))
  expect(history.list('big').map(({ id }) => id)).toEqual(['2', '3'])
  for (let at = 0; at < 10; at++) await history.add(`engine ${at}`, sweepOf('x'))
  expect(history.list('big')).toEqual([])
  expect(history.list('engine 0')).toHaveLength(1)
})

it('begins anew where the file is broken', async () => {
  await writeFile(join(folder, 'reachability-sweeps.json'), '[{"engine":1}]')
  const history = new SweepHistory(folder)
  expect(history.list('x')).toEqual([])
  await history.add('x', sweepOf('1'))
  expect(new SweepHistory(folder).list('x')).toHaveLength(1)
})
