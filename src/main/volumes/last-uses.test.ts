import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { EngineEvents } from '../engine/engine-events'
import type { HandlerContext } from '../bridge/context'
import { lastUsesOf, rememberUses } from './last-uses'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function running() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'uses-'))
  folders.push(dataFolder)
  const rows = new Map<string, object>([
    ['e1', { address: { kind: 'unix', socketPath: '/run/docker.sock' } }],
    [
      'e1/c1',
      {
        name: 'web',
        image: 'nginx',
        labels: {},
        mounts: [{ kind: 'volume', source: 'old' }],
        sinceMs: 7
      }
    ],
    [
      'e1/h1',
      { name: 'helper', image: 'probe', labels: { 'io.portolan.helper': 'volume' }, mounts: [] }
    ]
  ])
  const events = new EngineEvents()
  const context = {
    dataFolder,
    events,
    report: () => undefined,
    state: { get: (_table: string, key: string) => rows.get(key) }
  } as unknown as HandlerContext
  const service = rememberUses(context)
  const tell = (type: string, action: string, actorId: string, container = ''): void =>
    events.tell('e1', { type, action, actorId, attributes: { container }, timeMs: 42 })
  return { context, service, tell, dataFolder }
}

it('remembers who mounted a volume last, and not our own helpers', async () => {
  const { context, service, tell } = await running()
  tell('volume', 'mount', 'data', 'c1')
  tell('volume', 'mount', 'other', 'h1')
  tell('volume', 'unmount', 'data', 'h1')
  expect(lastUsesOf(context).on('e1')).toEqual({
    data: { container: 'web', image: 'nginx', atMs: 42 }
  })
  await service.stop()
})

it('remembers the volumes of a container that is removed', async () => {
  const { context, service, tell } = await running()
  tell('container', 'destroy', 'c1')
  expect(lastUsesOf(context).on('e1')).toEqual({
    old: { container: 'web', image: 'nginx', atMs: 7 }
  })
  await service.stop()
})

it('keeps it over restarts, and forgets a volume that is gone', async () => {
  const { service, tell, dataFolder } = await running()
  tell('volume', 'mount', 'data', 'c1')
  tell('volume', 'mount', 'gone', 'c1')
  tell('volume', 'destroy', 'gone')
  await service.stop()
  const written: unknown = JSON.parse(await readFile(join(dataFolder, 'volume-uses.json'), 'utf8'))
  expect(written).toEqual({
    'unix:///run/docker.sock data': { container: 'web', image: 'nginx', atMs: 42 }
  })
})
