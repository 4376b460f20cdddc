import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/main/engine/engine'
import type { Verdict } from '../../src/shared/reachability/model'
import { createCleanup, createNetwork, docker, uniqueName } from '../engine/context'
import { busybox, connect, measuringAt, sweepOf, type Member } from './reachability-kit'

/** How many topologies are drawn, by seeds from the first on: always the same ones. */
const COUNT = Number(process.env['PORTOLAN_TOPOLOGIES'] ?? 12)
const FIRST_SEED = Number(process.env['PORTOLAN_FIRST_TOPOLOGY'] ?? 1)
vi.setConfig({ testTimeout: 120_000 + COUNT * 30_000, hookTimeout: 180_000 })

const cleanup = createCleanup()
let engine: Engine
/** Five whose networks are drawn, one in the namespace of the first, one with network "none". */
let pool: readonly Member[]
let networks: readonly string[]

beforeAll(async () => {
  engine = await connect()
  const kinds = [[], [], ['--internal'], ['-o', 'com.docker.network.bridge.enable_icc=false']]
  const own: string[] = []
  for (const args of kinds) own.push(await createNetwork(cleanup, uniqueName('random'), args))
  const bridge = (await docker(['network', 'inspect', '--format', '{{.Id}}', 'bridge'])).trim()
  networks = [...own, bridge]
  const members: Member[] = []
  for (const name of ['c0', 'c1', 'c2', 'c3', 'c4']) members.push(await busybox(cleanup, name))
  members.push(await busybox(cleanup, 'sharer', '--network', `container:${members[0]?.id}`))
  members.push(await busybox(cleanup, 'none', '--network', 'none'))
  pool = members
})
afterAll(() => cleanup.run())

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type State = 'running' | 'paused' | 'exited'

interface Drawn extends Member {
  readonly place: number
  readonly networks: readonly string[]
  readonly state: State
}

/** Three to six of the pool, their networks and states. */
function draw(seed: number): Drawn[] {
  const random = randomFrom(seed)
  const count = 3 + Math.floor(random() * 4)
  return pool
    .map((member, place) => ({ member, place, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ member, place }) => {
      const state = random()
      return {
        ...member,
        place,
        // Whoever shares a namespace stays behind in the old one when its owner is started anew.
        state: state < 0.75 ? 'running' : state < 0.88 || place === 0 ? 'paused' : 'exited',
        networks: place < 5 ? networks.filter(() => random() < 0.35) : []
      }
    })
}

interface Seen {
  readonly status: string
  readonly networks: Readonly<Record<string, { NetworkID: string; IPAddress: string }>>
}

/** What the docker CLI says of the pool. */
async function look(): Promise<Map<string, Seen>> {
  const format = '{{.Id}} {{.State.Status}} {{json .NetworkSettings.Networks}}'
  const said = await docker(['inspect', '--format', format, ...pool.map(({ id }) => id)])
  return new Map(
    said
      .trim()
      .split('\n')
      .map((line) => {
        const [id = '', status = '', ...rest] = line.split(' ')
        return [id, { status, networks: JSON.parse(rest.join(' ')) as Seen['networks'] }]
      })
  )
}

async function arrange(drawn: readonly Drawn[]): Promise<void> {
  const before = await look()
  // A network that is joined by a container that does not run has no id there.
  await allOf(drawn, async ({ id }) => {
    const status = before.get(id)?.status
    if (status === 'paused') await docker(['unpause', id])
    if (status === 'exited') await docker(['start', id])
  })
  const now = await look()
  await allOf(drawn, async ({ id, networks: wanted, state, place }) => {
    const joined = Object.values(now.get(id)?.networks ?? {}).map(({ NetworkID }) => NetworkID)
    if (place < 5) {
      for (const each of joined.filter((joinedId) => !wanted.includes(joinedId)))
        await docker(['network', 'disconnect', each, id])
      for (const each of wanted.filter((wantedId) => !joined.includes(wantedId)))
        await docker(['network', 'connect', each, id])
    }
    if (state === 'exited') await docker(['kill', id])
    if (state === 'paused') await docker(['pause', id])
  })
}

/** All at once; a failure is told when everything has ended, so that nothing goes on behind the next attempt's back. */
async function allOf(drawn: readonly Drawn[], work: (each: Drawn) => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(drawn.map(work))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** What a container's own pings say: which of these addresses answer. */
async function pingFrom(
  source: Drawn,
  addresses: readonly string[],
  isPatient: boolean
): Promise<Set<string>> {
  const pings = addresses.map(
    (address) => `(ping -c 1 -W 1 ${address} >/dev/null 2>&1 && echo ${address})`
  )
  const script = `${pings.join(isPatient ? ' ; ' : ' & ')} ; wait; true`
  const said = await docker(['exec', source.name, 'sh', '-c', script])
  return new Set(said.split('\n').filter(Boolean))
}

/**
 * Every pair's verdict by `docker exec ping` and `docker inspect` alone. Many pings at once on a busy machine lose some that would have
 * been answered: a patient look asks one after another.
 */
async function expectedOf(
  drawn: readonly Drawn[],
  isPatient: boolean
): Promise<Map<string, Verdict>> {
  const seen = await look()
  const namespace = ({ place }: Drawn): number => (place === 5 ? 0 : place)
  const addressesOf = (target: Drawn): string[] =>
    Object.values(seen.get(pool[namespace(target)]?.id ?? '')?.networks ?? {})
      .map(({ IPAddress }) => IPAddress)
      .filter(Boolean)
  const expected = new Map<string, Verdict>()
  const askFrom = async (sources: readonly Drawn[]): Promise<void> => {
    const asking = sources.map(async (source) => {
      const others = drawn.filter((target) => target !== source)
      const all = [...new Set(others.flatMap(addressesOf))]
      const isAsked = source.state === 'running' && all.length > 0
      const answered = isAsked ? await pingFrom(source, all, isPatient) : new Set<string>()
      for (const target of others) {
        const reached =
          namespace(source) === namespace(target) ||
          addressesOf(target).some((address) => answered.has(address))
        const verdict = target.state !== 'exited' && reached ? 'reachable' : 'unreachable'
        expected.set(`${source.id} ${target.id}`, source.state === 'running' ? verdict : 'unknown')
      }
    })
    await Promise.all(asking)
  }
  // busybox' ping takes any echo of its process number for its own, and two containers in one namespace have the same numbers.
  await askFrom(drawn.filter(({ place }) => place !== 5))
  await askFrom(drawn.filter(({ place }) => place === 5))
  return expected
}

it(`${COUNT} random topologies: every verdict is what docker exec ping says`, async () => {
  const count: Record<Verdict, number> = { reachable: 0, unreachable: 0, unknown: 0 }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
    const drawn = draw(seed)
    await arrange(drawn)
    // Every fourth by sidecars.
    const measuring = measuringAt(engine, { isHelperAllowed: seed % 4 !== 0 })
    const ours = await sweepOf(measuring, drawn)
    const names = new Map(drawn.map(({ id, name, state }) => [id, `${name} (${state})`]))
    const said = (verdicts: Iterable<readonly [string, Verdict]>): string[] =>
      Array.from(verdicts, ([key, verdict]) => {
        const [source = '', target = ''] = key.split(' ')
        return `${names.get(source)} > ${names.get(target)}: ${verdict}`
      }).sort()
    const found = [...ours].map(([key, { verdict }]) => [key, verdict] as const)
    let theirs = said(await expectedOf(drawn, false))
    if (theirs.join() !== said(found).join()) theirs = said(await expectedOf(drawn, true))
    expect({ seed, verdicts: said(found) }).toEqual({ seed, verdicts: theirs })
    for (const [, verdict] of found) count[verdict] += 1
  }
  // Not all alike, or it would prove nothing.
  for (const each of Object.values(count)) expect(each).toBeGreaterThan(COUNT)
})
