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

const MEMBERS_A_NETWORK = 10
const AIM_S = 8

interface Member {
  readonly id: string
  readonly name: string
  readonly network: string
  readonly address: string
}

/** Who reaches whom among 20 containers of two networks, against one `docker exec ping` a pair. */
export async function measureSweep(context: BenchContext): Promise<readonly Row[]> {
  const rounds = context.isQuick ? 1 : 5
  const members = [...(await runMembers(context)), ...(await runMembers(context))]
  const engine = await Engine.connect('bench', parseAddress(testEngine().dockerHost))
  await timeSweep(engine, members, context) // loads the probe's image
  const ours: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await timeSweep(engine, members, context))
  }
  const pairs = members.length * (members.length - 1)
  const inside = 2 * MEMBERS_A_NETWORK * (MEMBERS_A_NETWORK - 1)
  const sample = await timePings(members, context.isQuick ? 2 : 10)
  const reference = sample.reachableS * inside + sample.unreachableS * (pairs - inside)
  const our = median(ours)
  return [
    {
      name: 'sweep of 20 containers',
      ours: our,
      reference,
      ratio: our / reference,
      unit: 's',
      aim: `ours < ${AIM_S} s`,
      isMet: our < AIM_S,
      note: `${pairs} pairs, ${pairs - inside} of them unreachable; ${rounds} rounds: ${spread(ours, 2)} s; the reference is extrapolated from ${sample.pairs} pairs (reachable ${sample.reachableS.toFixed(2)} s, unreachable ${sample.unreachableS.toFixed(2)} s a ping, one after the other)`
    }
  ]
}

async function runMembers(context: BenchContext): Promise<Member[]> {
  const network = uniqueName('bench')
  await createNetwork(context.cleanup, network)
  const members: Member[] = []
  for (let index = 0; index < MEMBERS_A_NETWORK; index++) {
    const { id, name } = await runIdleContainer(context, ['--network', network])
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
    const address = (await docker(['inspect', '--format', format, id])).trim()
    members.push({ id, name, network, address })
  }
  return members
}

/** In seconds. Throws where the sweep did not find what is so: a wrong answer is not fast. */
async function timeSweep(
  engine: Engine,
  members: readonly Member[],
  { rootFolder }: BenchContext
): Promise<number> {
  const results: PairResult[] = []
  const startedMs = performance.now()
  await sweep({
    engine,
    isHelperAllowed: false,
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
    const from = memberAt(members, index)
    reachable.push(await timePing(from, memberAt(members, (index + 1) % MEMBERS_A_NETWORK), true))
    unreachable.push(await timePing(from, memberAt(members, index + MEMBERS_A_NETWORK), false))
  }
  return {
    pairs: reachable.length + unreachable.length,
    reachableS: median(reachable),
    unreachableS: median(unreachable)
  }
}

function memberAt(members: readonly Member[], index: number): Member {
  const member = members[index]
  if (!member) throw new Error(`there is no container ${index}`)
  return member
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
