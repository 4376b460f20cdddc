import { join } from 'node:path'
import { Engine } from '../../../src/main/engine/engine'
import { sweep } from '../../../src/main/reachability/operations'
import { parseAddress } from '../../../src/shared/engines/address'
import type { PairResult } from '../../../src/shared/reachability/model'
import { createNetwork, docker, testEngine, uniqueName } from '../../engine/context'
import type { BenchContext } from '../bench'
import { runIdleContainer } from '../fixture'
import type { Row } from '../report'
import { median, spread } from '../statistics'

/** Containers at once, and in how many seconds their pairs are to be known; half of them cannot reach each other. */
const SIZES = [{ size: 5 }, { size: 20 }, { size: 40, aimS: 3 }, { size: 100, aimS: 10 }] as const
/** Sidecars are measured beside the helper up to here: of a hundred they take most of a minute. */
const MOST_SIDECARS = 40

interface Member {
  readonly id: string
  readonly name: string
  readonly network: string
  readonly address: string
}

/**
 * Who reaches whom among 5 to 100 containers of two networks by the privileged helper, against one `docker exec ping` a pair,
 * extrapolated from a sample; and by sidecars.
 */
export async function measureSweep(context: BenchContext): Promise<readonly Row[]> {
  const rounds = context.isQuick ? 1 : 5
  const engine = await Engine.connect('bench', parseAddress(testEngine().dockerHost))
  const sides: [Side, Side] = [await makeSide(context), await makeSide(context)]
  const rows: Row[] = []
  for (const { size, ...aim } of SIZES.slice(0, context.isQuick ? 1 : undefined)) {
    const members = await grow(context, sides, size)
    await timeSweep(engine, members, context, true) // loads the probe's image
    const ours: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await timeSweep(engine, members, context, true))
    }
    const bySidecars =
      size <= MOST_SIDECARS ? await timeSweep(engine, members, context, false) : undefined
    const pairs = size * (size - 1)
    const inside = members.reduce(
      (sum, { network }) => sum + members.filter((other) => other.network === network).length - 1,
      0
    )
    const sample = await timePings(members, context.isQuick ? 2 : 5)
    const reference = sample.reachableS * inside + sample.unreachableS * (pairs - inside)
    const our = median(ours)
    const aimS = 'aimS' in aim ? aim.aimS : undefined
    rows.push({
      name: `sweep of ${size} containers`,
      ours: our,
      reference,
      ratio: our / reference,
      unit: 's',
      aim: aimS === undefined ? 'ours < reference' : `ours < ${aimS} s`,
      isMet: our < (aimS ?? reference),
      note: [
        `by the helper: ${pairs} pairs, ${pairs - inside} of them unreachable, none judged wrong`,
        `${rounds} rounds: ${spread(ours, 2)} s`,
        ...(bySidecars === undefined ? [] : [`by sidecars ${bySidecars.toFixed(1)} s`]),
        `the reference is extrapolated from ${sample.pairs} pairs (reachable ${sample.reachableS.toFixed(2)} s, unreachable ${sample.unreachableS.toFixed(2)} s a ping, one after the other)`
      ].join('; ')
    })
  }
  return rows
}

/** A network and its containers so far. */
interface Side {
  readonly network: string
  readonly members: Member[]
}

async function makeSide({ cleanup }: BenchContext): Promise<Side> {
  const network = uniqueName('bench')
  await createNetwork(cleanup, network)
  return { network, members: [] }
}

/** As many running containers as asked for, by turns on one side and the other. */
async function grow(
  context: BenchContext,
  sides: readonly [Side, Side],
  size: number
): Promise<Member[]> {
  for (const [at, { network, members }] of sides.entries()) {
    while (members.length < Math.floor((size + at) / 2)) {
      const { id, name } = await runIdleContainer(context, ['--network', network])
      const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
      const address = (await docker(['inspect', '--format', format, id])).trim()
      members.push({ id, name, network, address })
    }
  }
  return sides.flatMap(({ members }) => members)
}

/** In seconds. Throws where the sweep did not find what is so: a wrong answer is not fast. */
async function timeSweep(
  engine: Engine,
  members: readonly Member[],
  { rootFolder }: BenchContext,
  isHelperAllowed: boolean
): Promise<number> {
  const results: PairResult[] = []
  const startedMs = performance.now()
  await sweep({
    engine,
    isHelperAllowed,
    containers: members.map(({ id, name }) => ({ id, name, state: 'running' })),
    probeFolder: join(rootFolder, 'resources/probe'),
    signal: new AbortController().signal,
    onResult: (result) => results.push(result)
  })
  const seconds = (performance.now() - startedMs) / 1000
  const networkOf = new Map(members.map(({ id, network }) => [id, network]))
  const wrong = results.filter(({ sourceId, targetId, verdict }) => {
    const isTogether = networkOf.get(sourceId) === networkOf.get(targetId)
    return verdict !== (isTogether ? 'reachable' : 'unreachable')
  })
  const pairs = members.length * (members.length - 1)
  if (results.length !== pairs || wrong.length > 0) {
    throw new Error(`the sweep gave ${results.length} of ${pairs} pairs, ${wrong.length} wrong`)
  }
  return seconds
}

/** What one `docker exec ping` takes, in seconds, for `count` pairs of each kind. */
async function timePings(
  members: readonly Member[],
  count: number
): Promise<{ readonly pairs: number; readonly reachableS: number; readonly unreachableS: number }> {
  const [reachable, unreachable]: [number[], number[]] = [[], []]
  for (let index = 0; index < count; index++) {
    const from = members[index % members.length]
    const near = members.find((other) => other !== from && other.network === from?.network)
    const far = members.findLast(({ network }) => network !== from?.network)
    if (!from || !near || !far) throw new Error('there are too few containers')
    reachable.push(await timePing(from, near, true))
    unreachable.push(await timePing(from, far, false))
  }
  return {
    pairs: reachable.length + unreachable.length,
    reachableS: median(reachable),
    unreachableS: median(unreachable)
  }
}

async function timePing(from: Member, to: Member, isReachable: boolean): Promise<number> {
  const startedMs = performance.now()
  const answered = await docker(['exec', from.name, 'ping', '-c', '1', '-W', '1', to.address]).then(
    () => true,
    () => false
  )
  if (answered !== isReachable) throw new Error(`ping ${from.name} -> ${to.name}: ${answered}`)
  return (performance.now() - startedMs) / 1000
}
