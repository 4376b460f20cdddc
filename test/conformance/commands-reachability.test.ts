import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { lookClosely } from '../../src/main/reachability/depth'
import { sweep } from '../../src/main/reachability/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { sweepCommand } from '../../src/shared/reachability/command'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, runLine } from './command-line'

const PROBE_FOLDER = join(import.meta.dirname, '../../resources/probe')
const STAY = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

interface Member {
  readonly id: string
  readonly name: string
  readonly address: string
}

it(`the loop of a sweep (${cli.version}) pings every address from every container, and sees what the sweep sees`, async () => {
  const name = uniqueName('net')
  await createNetwork(cleanup, name)
  const members = [await member(name), await member(name), await member('bridge')]
  const line = sweepCommand(
    members.map((it) => it.name),
    members.map((it) => it.address)
  )
  const { stdout, stderr } = await runLine(line, { cli })
  const pings = [...stdout.matchAll(/^PING (\S+)[\s\S]*?(\d+) packets received/gm)]
  expect(pings.length, stderr).toBe(9)
  expect(pings.map((ping) => ping[1])).toEqual(
    members.flatMap(() => members.map((it) => it.address))
  )
  const seen = new Map<string, boolean>()
  await sweep({
    engine,
    isHelperAllowed: false,
    containers: members.map((it) => ({ id: it.id, name: it.name, state: 'running' as const })),
    probeFolder: PROBE_FOLDER,
    signal: new AbortController().signal,
    onResult: ({ sourceId, targetId, verdict }) =>
      seen.set(`${sourceId} ${targetId}`, verdict === 'reachable')
  })
  const byLine = members.flatMap((source, row) =>
    members.flatMap((target, column): [string, boolean][] =>
      source === target ? [] : [[`${source.id} ${target.id}`, pings[row * 3 + column]?.[2] === '1']]
    )
  )
  expect(byLine.filter(([, reached]) => reached).length).toBe(2)
  expect(seen).toEqual(new Map(byLine))
})

it('the loop of nobody runs and does nothing', async () => {
  const result = await runLine(sweepCommand([], []), { cli })
  expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' })
})

it('the lines of a pair ask what was asked of it, and show the same files', async () => {
  const name = uniqueName('net')
  await createNetwork(cleanup, name)
  const [source, target] = [await member(name), await member(name)]
  const at = ({ id, name: of }: Member) => ({ id, name: of, state: 'running' as const })
  const { result, commands, ...ends } = await lookClosely({
    engine,
    isHelperAllowed: false,
    probeFolder: PROBE_FOLDER,
    signal: new AbortController().signal,
    source: at(source),
    target: at(target),
    ports: [81]
  })
  const said: { line: string; exitCode: number; stdout: string }[] = []
  for (const line of commands) said.push({ line, ...(await runLine(line, { cli })) })
  const of = (part: string) => said.filter(({ line }) => line.includes(part))
  expect(of(' ping ').map(({ line, exitCode }) => [line.split(' ').at(-1), exitCode])).toEqual([
    [target.address, 0],
    [target.name, 0]
  ])
  expect(result).toMatchObject({ verdict: 'reachable', ports: [{ port: 81, outcome: 'refused' }] })
  expect(of(' nc ')).toMatchObject([{ exitCode: 1 }])
  expect(of('/etc/hosts').map(({ stdout }) => stdout)).toEqual(
    [ends.source.hosts, ends.target.hosts].map((file) => 'text' in file && file.text)
  )
  expect(of('/etc/resolv.conf').map(({ stdout }) => stdout)).toEqual(
    [ends.source.resolver, ends.target.resolver].map((file) => 'text' in file && file.text)
  )
  expect(of('network inspect')).toMatchObject([{ exitCode: 0 }])
  expect(said).toHaveLength(8)
})

async function member(network: string): Promise<Member> {
  const { id, name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--network', network],
    command: STAY
  })
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
  return { id, name, address: (await docker(['inspect', '--format', format, id])).trim() }
}
