import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { listProcesses } from '../../src/main/processes/operations'
import { readStats } from '../../src/main/stats/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { formatCommand } from '../../src/shared/command/quote'
import { topCommand } from '../../src/shared/processes/command'
import { PS_ARGS } from '../../src/shared/processes/model'
import type { StatsReading } from '../../src/shared/stats/reading'
import { createCleanup, imageReference, runContainer, testEngine } from '../engine/context'
import { cliOnPath, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3
}

/** `12.5MiB` in bytes. */
function bytesOf(text: string): number {
  const [, figure, unit = ''] = /^([\d.]+)(\w+)$/.exec(text.trim()) ?? []
  return Number(figure) * (UNITS[unit] ?? Number.NaN)
}

interface Theirs {
  readonly CPUPerc: string
  readonly MemUsage: string
  readonly NetIO: string
  readonly BlockIO: string
  readonly PIDs: string
}

/** What the docker CLI says once, and all that we read from before it until after it. */
async function both(id: string): Promise<{ theirs: Theirs; ours: StatsReading[] }> {
  const end = new AbortController()
  const ours: StatsReading[] = []
  let told: () => void = () => undefined
  const first = new Promise<void>((resolve) => (told = resolve))
  const reading = (async () => {
    for await (const each of readStats(engine, id, end.signal)) {
      ours.push(each)
      told()
    }
  })()
  await first
  const line = `docker stats --no-stream --format '{{json .}}' ${id}`
  const theirs = JSON.parse(await runLineWell(line, { cli })) as Theirs
  end.abort()
  await reading
  return { theirs, ours }
}

const BUSY = 'while :; do :; done'
/** Holds memory, writes to the disk past the cache, and has a second process. */
const FULL =
  'dd if=/dev/zero of=/dev/shm/full bs=1M count=20 2>/dev/null; dd if=/dev/zero of=/full bs=1M count=8 conv=fsync 2>/dev/null; sleep 100000 & wait'

describe(`the figures of docker stats, by the docker CLI ${cli.version}, are ours`, () => {
  it('of a container that does nothing: memory, limit, processes, network and disk', async () => {
    const { id } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--memory', '100m'],
      command: ['sh', '-c', FULL]
    })
    const settled = async (): Promise<void> => {
      const { ours } = await both(id)
      expect(ours.at(-1)?.memoryBytes).toBeGreaterThan(20 * 1024 ** 2)
      expect(ours.at(-1)?.pids).toBe(2)
    }
    await expect.poll(() => settled().then(() => true, String), { timeout: 30_000 }).toBe(true)
    const { theirs, ours } = await both(id)
    const last = ours.at(-1)
    const [used = '', limit = ''] = theirs.MemUsage.split('/')
    const near = (text: string, bytes: number | undefined): void =>
      // They print four figures at most.
      expect(Math.abs(bytesOf(text) - (bytes ?? Number.NaN))).toBeLessThanOrEqual(
        0.005 * bytesOf(text) + 1
      )
    near(used, last?.memoryBytes)
    near(limit, last?.memoryLimitBytes)
    expect(Number(theirs.PIDs)).toBe(last?.pids)
    const [read = '', written = ''] = theirs.BlockIO.split('/')
    near(read, last?.totals.read)
    near(written, last?.totals.written)
    const [, sent = ''] = theirs.NetIO.split('/')
    near(sent, last?.totals.sent)
  })

  it('of a busy one: the share of the CPU in the same second', async () => {
    const { id } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--cpus', '0.4'],
      command: ['sh', '-c', BUSY]
    })
    const { theirs, ours } = await both(id)
    const their = Number.parseFloat(theirs.CPUPerc)
    expect(their).toBeGreaterThan(5)
    const nearest = Math.min(...ours.slice(1).map(({ cpuPercent }) => Math.abs(cpuPercent - their)))
    expect(nearest).toBeLessThan(0.1 * their)
  })
})

describe(`docker top, by the docker CLI ${cli.version}, lists what we list`, () => {
  it('title by title and process by process', async () => {
    const { id, name } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--init'],
      command: ['sh', '-c', 'sleep 100000 & sleep 100001']
    })
    // Figures that move are not compared.
    const still = ({ 0: pid, 1: parent, 2: user }: readonly string[]) => [pid, parent, user]
    const ours = await listProcesses(engine, id)
    const [titles = '', ...lines] = (
      await runLineWell(formatCommand(topCommand(name, PS_ARGS)), { cli })
    )
      .trimEnd()
      .split('\n')
    expect(titles.split(/\s+/)).toEqual(ours.titles)
    expect(lines.map((line) => still(line.trim().split(/\s+/)))).toEqual(ours.processes.map(still))
    expect(lines.map((line) => line.trim().split(/\s+/).slice(7).join(' '))).toEqual(
      ours.processes.map((cells) => cells[7])
    )
    expect(ours.processes.map((cells) => cells[7])).toContain('sleep 100001')
  })
})
