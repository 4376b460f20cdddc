import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/main/engine/engine'
import { follow } from '../../src/main/reachability/follow'
import { buildProbeImage, ensureProbeImage } from '../../src/main/reachability/probe-image'
import type { FollowPoint, FollowRound, FollowSeries } from '../../src/shared/reachability/follow'
import { HELPER_LABEL } from '../../src/shared/reachability/helper'
import { createCleanup, createNetwork, docker, testEngine, uniqueName } from '../engine/context'
import {
  busybox,
  connect,
  helpersLeft,
  measuringAt,
  PROBE_FOLDER,
  type Member
} from './reachability-kit'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const cleanup = createCleanup()
let engine: Engine
beforeAll(async () => {
  engine = await connect()
})
afterEach(async () => {
  await cleanup.run()
  expect(await helpersLeft()).toEqual([])
})

/** A follow of all ordered pairs of the members, as a test reads it. */
class Followed {
  readonly rounds: FollowRound[] = []
  readonly #stop = new AbortController()
  readonly #ended: Promise<unknown>
  #changed: () => void = () => undefined

  constructor(members: readonly Member[], isHelperAllowed: boolean) {
    const pairs = members.flatMap((source) =>
      members
        .filter((target) => target !== source)
        .map((target) => ({ sourceId: source.id, targetId: target.id }))
    )
    this.#ended = follow({
      ...measuringAt(engine, { signal: this.#stop.signal, isHelperAllowed }),
      containers: members.map((member) => ({ ...member, state: 'running' as const })),
      pairs,
      series: new Map<string, FollowSeries>(),
      onRound: async (round) => void this.rounds.push(round),
      onChanged: (listener) => {
        this.#changed = listener
        return () => undefined
      }
    }).catch((thrown: unknown) => thrown)
    cleanup.add(() => this.stop())
  }

  /** Says what the engine's events say in the app. */
  changed(): void {
    this.#changed()
  }

  /** Waits for a round after `from` of which this is true. */
  async until(is: (round: FollowRound) => boolean, from = 0): Promise<number> {
    const find = (): number => this.rounds.findIndex((round, at) => at >= from && is(round))
    await expect.poll(find, { timeout: 60_000 }).toBeGreaterThanOrEqual(0)
    return find()
  }

  async stop(): Promise<unknown> {
    this.#stop.abort()
    return this.#ended
  }
}

function pointOf(round: FollowRound | undefined, source: Member): FollowPoint | undefined {
  return round?.points.find(({ sourceId }) => sourceId === source.id)
}

describe.each([
  ['the helper', true, 'helper'],
  ['sidecars', false, 'sidecar']
] as const)('a follow by %s', (_, isHelperAllowed, way) => {
  it('pings once a second, tells a loss and a return, and leaves nothing', async () => {
    const net = uniqueName('net')
    await createNetwork(cleanup, net)
    const [a, b] = [await busybox(cleanup, 'a', '--network', net), await busybox(cleanup, 'b')]
    const followed = new Followed([a, b], isHelperAllowed)
    const isLost = (round: FollowRound): boolean => pointOf(round, a)?.loss === 1
    // Three in a row, until it is certain.
    const lost = await followed.until(isLost, (await followed.until(isLost)) + 3)
    expect(followed.rounds[lost]).toMatchObject({ way })
    await docker(['network', 'connect', net, b.name])
    followed.changed()
    const back = await followed.until((round) => pointOf(round, a)?.turned === 'reachable', lost)
    expect(pointOf(followed.rounds[back], a)?.rttMs).toBeGreaterThan(0)
    await followed.until((round) => pointOf(round, b)?.jitterMs !== undefined, back)
    // It goes without a word to us: the pings are simply lost.
    await docker(['network', 'disconnect', net, b.name])
    const gone = await followed.until((round) => pointOf(round, a)?.turned === 'unreachable', back)
    // Once a second: at least three rounds before it is certain.
    expect(gone - back).toBeGreaterThanOrEqual(3)
    expect(await helpersLeft()).toHaveLength(isHelperAllowed ? 1 : 2)
    await followed.stop()
    expect(await helpersLeft()).toEqual([])
  })

  it('says why a pair cannot be followed, and goes on when it can', async () => {
    const [a, b] = [await busybox(cleanup, 'a'), await busybox(cleanup, 'b')]
    const followed = new Followed([a, b], isHelperAllowed)
    const first = await followed.until((round) => pointOf(round, a)?.rttMs !== undefined)
    await docker(['kill', b.name])
    followed.changed()
    const stopped = await followed.until(({ notFollowed = [] }) => notFollowed.length === 2, first)
    expect(followed.rounds[stopped]?.notFollowed).toEqual(
      expect.arrayContaining([
        {
          sourceId: a.id,
          targetId: b.id,
          reason: { code: 'target-not-running', state: 'exited' }
        }
      ])
    )
    await docker(['start', b.name])
    followed.changed()
    await followed.until((round) => pointOf(round, a)?.rttMs !== undefined, stopped + 1)
  })
})

it('ends by itself when whoever follows has died', async () => {
  const image = await buildProbeImage(PROBE_FOLDER, engine.info.arch)
  await ensureProbeImage(engine, image)
  const args = ['run', '--rm', '-i', '--label', `${HELPER_LABEL}=probe`, image.reference]
  const cli = spawn(
    'docker',
    ['--host', testEngine().dockerHost, ...args, '--timeout=900', '--follow=1000', '--stdin'],
    { stdio: ['pipe', 'pipe', 'ignore'] }
  )
  cli.stdin.write('ping=127.0.0.1\n\n')
  const [line] = (await once(cli.stdout, 'data')) as [Buffer]
  expect(line.toString()).toContain('"round":0')
  expect(await helpersLeft()).toHaveLength(1)
  cli.kill('SIGKILL')
  await expect.poll(helpersLeft, { timeout: 60_000 }).toEqual([])
})
