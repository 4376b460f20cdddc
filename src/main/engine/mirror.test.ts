import { PassThrough } from 'node:stream'
import type Docker from 'dockerode'
import { describe, expect, it, vi } from 'vitest'
import { StateStore } from '../bridge/state-store'
import type { Engine, SilentChange } from './engine'
import { Mirror } from './mirror'

const ID = 'c'.repeat(64)

type Row = Record<string, unknown>

/** A row as `GET /containers/json` has it. */
function row(changes: Row = {}): Row {
  const defaults = { Id: ID, Names: ['/web'], Image: 'busybox', ImageID: 'sha256:i', Created: 1 }
  return { ...defaults, State: 'running', Status: 'Up 1 second', ...changes }
}

/**
 * An engine whose listings of containers the test answers, one by one, when it wants: in which order the real one's answers and events
 * arrive is chance, and here it is what is tested.
 */
async function setUp() {
  const events = new PassThrough()
  const requests: { readonly ids: unknown; readonly answer: (rows: readonly Row[]) => void }[] = []
  let images: Row[] = []
  const docker = {
    getEvents: () => Promise.resolve(events),
    listContainers: ({ filters }: { filters?: { id: string[] } }) =>
      new Promise((resolve) => requests.push({ ids: filters?.id ?? 'all', answer: resolve })),
    listImages: () => Promise.resolve(images),
    listNetworks: () => Promise.resolve([]),
    listVolumes: () => Promise.resolve({ Volumes: null })
  }
  const listeners = new Set<(change: SilentChange) => void>()
  const engine = {
    endpointId: 'e1',
    do: (_doing: unknown, run: (given: Docker) => unknown) => run(docker as unknown as Docker),
    onSilentChange: (listener: (change: SilentChange) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
  const store = new StateStore()
  const mirror = new Mirror(engine as unknown as Engine, store)
  const next = async (): Promise<(typeof requests)[number]> => {
    const [request] = await vi.waitUntil(() => requests.length > 0 && requests.splice(0, 1))
    if (!request) throw new Error('no request')
    return request
  }
  const started = mirror.start(() => undefined)
  const first = await next()
  first.answer([row()])
  await started
  return {
    mirror,
    next,
    listeners,
    requests,
    setImages: (rows: Row[]) => (images = rows),
    tell: (Type: string, Action: string, actor = ID, Attributes: Row = {}) =>
      events.write(
        `${JSON.stringify({ Type, Action, Actor: { ID: actor, Attributes }, time: 1 })}\n`
      ),
    container: () => store.get('containers', `e1/${ID}`)
  }
}

describe('Mirror', () => {
  it('does not bring back a container that was destroyed while a listing of it was on its way', async () => {
    const { tell, next, container } = await setUp()
    tell('container', 'die')
    const listing = await next()
    tell('container', 'destroy')
    await vi.waitUntil(() => container() === undefined)
    listing.answer([row({ State: 'exited', Status: 'Exited (0) 1 second ago' })])
    // It asks once more, and is told that there is none.
    const { ids, answer } = await next()
    expect(ids).toEqual([ID])
    expect(container()).toBeUndefined()
    answer([])
    await Promise.resolve()
    expect(container()).toBeUndefined()
  })

  it('asks again until the listing shows the network that the container was connected to', async () => {
    const { tell, next, container } = await setUp()
    tell('network', 'connect', 'n1', { container: ID })
    const stale = await next()
    stale.answer([row()])
    const fresh = await next()
    expect(fresh.ids).toEqual([ID])
    fresh.answer([row({ NetworkSettings: { Networks: { net: { NetworkID: 'n1' } } } })])
    await vi.waitUntil(() => container()?.attachments[0]?.networkName === 'net')
  })

  it('lists the containers again when a tag stands for another image', async () => {
    const { tell, next, setImages, container } = await setUp()
    setImages([{ Id: 'sha256:j', RepoTags: ['busybox:latest'], Created: 1, Size: 1 }])
    tell('image', 'tag', 'sha256:j')
    const { ids, answer } = await next()
    expect(ids).toBe('all')
    answer([row({ Image: 'sha256:i' })])
    await vi.waitUntil(() => container()?.image === 'sha256:i')
  })

  it('lists what our own verbs announce', async () => {
    const { listeners, next } = await setUp()
    for (const tell of listeners) tell({ table: 'containers', id: ID })
    expect((await next()).ids).toEqual([ID])
  })

  it('writes nothing after it was stopped, and listens to nobody', async () => {
    const { mirror, tell, next, listeners, container } = await setUp()
    tell('container', 'rename')
    const listing = await next()
    mirror.stop()
    listing.answer([row({ Names: ['/renamed'] })])
    await new Promise(setImmediate)
    expect(container()?.name).toBe('web')
    expect(listeners.size).toBe(0)
  })
})
