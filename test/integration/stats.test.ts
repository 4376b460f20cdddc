import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { StateStore } from '../../src/main/bridge/state-store'
import { EndpointSession } from '../../src/main/engine/endpoint-session'
import { EngineEvents } from '../../src/main/engine/engine-events'
import { StatsCollector, type CollectorLimits } from '../../src/main/stats/collector'
import { PortolanError } from '../../src/shared/bridge/errors'
import { parseAddress } from '../../src/shared/engines/address'
import type { StatsPoint } from '../../src/shared/stats/model'
import {
  createCleanup,
  docker as runDocker,
  LABEL_ARGS,
  testEngine,
  type EngineDescription
} from '../engine/context'
import { killEngine, startEngine } from '../engine/control.mjs'
import { startTestEngine } from '../engine/index.mjs'
import { ID, Watched } from './watched'
import { Wire } from './wire'

const GRACE_MS = 300
const PATIENCE = { timeout: 20_000, interval: 50 }
/** Answers TERM at once. */
const STAY = ['sh', '-c', 'trap "exit 5" TERM; while :; do sleep 1000 & wait $!; done']

// Its connections are counted, and the engine is killed: not the engine that others use.
describe.skipIf(!testEngine().ownEngine)('stats', () => {
  let engine: EngineDescription
  let stopEngine: () => Promise<void>
  const cleanup = createCleanup()

  beforeAll(async () => {
    const started = await startTestEngine({ images: ['busybox'], registries: false })
    engine = started.engine
    stopEngine = started.stop
  })
  afterEach(() => cleanup.run())
  afterAll(() => stopEngine())

  const docker = async (...args: readonly string[]): Promise<string> =>
    (await runDocker(args, { engine })).trim()

  async function running(...args: readonly string[]): Promise<string> {
    const image = engine.images['busybox']?.reference ?? ''
    const id = await docker('run', '--detach', ...LABEL_ARGS, ...args, image, ...STAY)
    cleanup.add(() => docker('rm', '--force', id).catch(ignoreMissing))
    return id
  }

  /** A collector on a wire of its own, and what it reported. */
  async function collecting(limits: CollectorLimits = {}) {
    const wire = await Wire.open(engine)
    cleanup.add(() => wire.close())
    const store = new StateStore()
    const events = new EngineEvents()
    const session = new EndpointSession({
      id: ID,
      name: '',
      address: parseAddress(wire.address),
      isPrivate: false,
      sink: store,
      onEndpoint: (endpoint) => store.put('endpoints', endpoint),
      onEvent: (event) => events.tell(ID, event)
    })
    cleanup.add(() => session.close())
    await session.connect()
    const reported: unknown[] = []
    const collector = new StatsCollector(
      {
        state: store,
        events,
        engine: () => {
          if (session.engine) return session.engine
          throw new PortolanError({ code: 'engine-unreachable', message: 'away' })
        },
        report: (_operation, error) => reported.push(error)
      },
      { graceMs: GRACE_MS, patience: { firstMs: 100, mostMs: 400 }, ...limits }
    )
    cleanup.add(() => collector.stop())
    return { wire, collector, watched: new Watched(store, session), reported }
  }

  /** Somebody who watches, and what they saw. */
  function watching(collector: StatsCollector, id: string) {
    const points: StatsPoint[] = []
    let updates = 0
    const stop = collector.watch(ID, id, {
      onPoint: (point) => points.push(point),
      onUpdated: () => updates++
    })
    return {
      points,
      stop,
      updates: () => updates,
      more: async (count = 1) => {
        const wanted = points.length + count
        await expect.poll(() => points.length, PATIENCE).toBeGreaterThanOrEqual(wanted)
      }
    }
  }

  it('are read once however many watch, and not any more soon after the last has left', async () => {
    const id = await running('--memory', '64m')
    const { wire, collector, watched, reported } = await collecting()
    await watched.until('running', () => watched.container(id)?.state === 'running')
    // The events; connections that are idle are kept for five seconds.
    await expect.poll(() => wire.connections, PATIENCE).toBe(1)
    const [one, two] = [watching(collector, id), watching(collector, id)]
    await Promise.all([one.more(2), two.more(2)])
    expect(wire.connections).toBe(2)
    expect(one.points).toEqual(two.points)
    expect(one.points.at(-1)).toMatchObject({ pids: 2, memoryLimitBytes: 64 * 1024 ** 2 })
    one.stop()
    await two.more(2)
    expect(wire.connections).toBe(2)
    two.stop()
    await expect.poll(() => wire.connections, PATIENCE).toBe(1)
    const left = two.points.length
    expect(collector.recent(ID, id)).toHaveLength(left)
    expect([...collector.series(ID, id).atMs]).toEqual(two.points.map(({ atMs }) => atMs))
    // Who comes back finds what was kept, and more.
    const three = watching(collector, id)
    await three.more()
    expect(collector.recent(ID, id).length).toBeGreaterThan(left)
    expect(reported).toEqual([])
  })

  it('go on when who comes back was quick, on the same stream', async () => {
    const id = await running()
    const { collector, watched } = await collecting({ graceMs: 5000 })
    await watched.until('running', () => watched.container(id)?.state === 'running')
    const one = watching(collector, id)
    await one.more(2)
    one.stop()
    const two = watching(collector, id)
    await two.more(2)
    // A new stream would begin without a share of the CPU.
    expect(two.points.every(({ cpuPercent }) => cpuPercent >= 0)).toBe(true)
  })

  it('begin when a container starts, pause with it, and go on after a restart', async () => {
    const id = await running()
    await docker('stop', id)
    const { wire, collector, watched, reported } = await collecting()
    await watched.until('ended', () => watched.container(id)?.state === 'exited')
    await expect.poll(() => wire.connections, PATIENCE).toBe(1)
    const one = watching(collector, id)
    expect(wire.connections).toBe(1)
    await docker('start', id)
    await one.more(3)
    await docker('pause', id)
    await watched.until('paused', () => watched.container(id)?.state === 'paused')
    await one.more(3)
    expect(one.points.at(-1)).toMatchObject({ cpuPercent: 0 })
    await docker('unpause', id)
    const before = one.points.length
    await docker('restart', id)
    await watched.until('running', () => watched.container(id)?.state === 'running')
    await one.more(3)
    const after = one.points.slice(before)
    // The seam: one point that has nothing to compare with.
    expect(after.filter(({ cpuPercent }) => Number.isNaN(cpuPercent)).length).toBeGreaterThan(0)
    expect(after.at(-1)?.cpuPercent).toBeGreaterThanOrEqual(0)
    await docker('stop', id)
    await watched.until('ended', () => watched.container(id)?.state === 'exited')
    await expect.poll(() => wire.connections, PATIENCE).toBe(1)
    expect(reported).toEqual([])
  })

  it('end with the container, and nothing is kept of it once nobody watches', async () => {
    const id = await running()
    const { wire, collector, watched, reported } = await collecting()
    await watched.until('running', () => watched.container(id)?.state === 'running')
    const one = watching(collector, id)
    await one.more()
    await docker('rm', '--force', id)
    await watched.until('gone', () => watched.container(id) === undefined)
    await expect.poll(() => wire.connections, PATIENCE).toBe(1)
    one.stop()
    await expect.poll(() => collector.recent(ID, id).length, PATIENCE).toBe(0)
    expect(reported).toEqual([])
  })

  it('tell when somebody changed the limits', async () => {
    const id = await running('--memory', '64m')
    const { collector, watched } = await collecting()
    await watched.until('running', () => watched.container(id)?.state === 'running')
    const one = watching(collector, id)
    await docker('update', '--memory', '80m', '--memory-swap', '80m', id)
    await expect.poll(one.updates, PATIENCE).toBe(1)
    await one.more(2)
    expect(one.points.at(-1)).toMatchObject({ memoryLimitBytes: 80 * 1024 ** 2 })
  })

  it('come back after the connection was cut, and after the engine was killed', async () => {
    const id = await running('--restart', 'always')
    const { wire, collector, watched, reported } = await collecting()
    await watched.until('running', () => watched.container(id)?.state === 'running')
    const one = watching(collector, id)
    await one.more(2)
    await wire.cut()
    await wire.mend()
    await one.more(2)
    await killEngine(engine)
    const before = one.points.length
    await startEngine(engine)
    await watched.until('running', () => watched.container(id)?.state === 'running')
    await one.more(2)
    expect(one.points.length).toBeGreaterThan(before)
    expect(reported).toEqual([])
  })

  it('leave nothing open when the app ends', async () => {
    const ids = await Promise.all([running(), running(), running()])
    const { wire, collector, watched } = await collecting()
    for (const id of ids)
      await watched.until('running', () => watched.container(id)?.state === 'running')
    await expect.poll(() => wire.connections, PATIENCE).toBe(1)
    await Promise.all(ids.map((id) => watching(collector, id).more()))
    expect(wire.connections).toBe(4)
    await collector.stop()
    await expect.poll(() => wire.connections, PATIENCE).toBe(1)
  })

  it('of those that were left first are forgotten first', async () => {
    const ids = await Promise.all([running(), running()])
    const { collector, watched } = await collecting({ graceMs: 0, keptSeries: 1 })
    for (const id of ids) {
      await watched.until('running', () => watched.container(id)?.state === 'running')
      const one = watching(collector, id)
      await one.more()
      one.stop()
      await expect.poll(() => collector.series(ID, id).atMs.length, PATIENCE).toBeGreaterThan(0)
    }
    const [first, second] = ids
    await expect.poll(() => collector.series(ID, first).atMs.length, PATIENCE).toBe(0)
    expect(collector.series(ID, second).atMs.length).toBeGreaterThan(0)
  })
})

function ignoreMissing(failure: unknown): void {
  if (!/no such/i.test(String(failure))) throw failure
}
