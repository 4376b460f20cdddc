import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { updateContainer } from '../../src/main/containers/limits'
import { Engine } from '../../src/main/engine/engine'
import { formatCommand } from '../../src/shared/command/quote'
import type { LimitsChange } from '../../src/shared/containers/limits'
import { updateCommand } from '../../src/shared/containers/limits-command'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'
import { cliOnPath, normalise, runLine, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const MIB = 1024 ** 2

/** What changes, and what of it an inspect result must show afterwards. */
const cases: readonly (readonly [change: LimitsChange, after: object])[] = [
  [
    { memoryBytes: 100 * MIB, memorySwapBytes: 150 * MIB },
    { Memory: 100 * MIB, MemorySwap: 150 * MIB }
  ],
  [
    { memoryBytes: 100 * MIB + 4096, memorySwapBytes: -1 },
    { Memory: 100 * MIB + 4096, MemorySwap: -1 }
  ],
  [{ memoryReservationBytes: 7_000_000 }, { MemoryReservation: 7_000_000 }],
  [{ nanoCpus: 330_000_001 }, { NanoCpus: 330_000_001 }],
  [
    { cpuShares: 512, cpusetCpus: '0' },
    { CpuShares: 512, CpusetCpus: '0' }
  ],
  [{ cpusetMems: '0' }, { CpusetMems: '0' }],
  [{ pidsLimit: 50 }, { PidsLimit: 50 }],
  [{ pidsLimit: -1 }, { PidsLimit: 0 }],
  [
    { restartPolicy: { name: 'on-failure', maximumRetryCount: 3 } },
    { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }
  ],
  [{ restartPolicy: { name: 'unless-stopped' } }, { RestartPolicy: { Name: 'unless-stopped' } }],
  [{ restartPolicy: { name: 'no' } }, { RestartPolicy: { Name: 'no' } }]
]

describe(`docker update, run by the docker CLI ${cli.version}, leaves what ours leaves`, () => {
  it.each(cases)('%j', async (change, after) => {
    const [ours, theirs] = await Promise.all([running(), running()])
    await Promise.all([
      updateContainer(engine, ours.id, change),
      runLineWell(formatCommand(updateCommand(theirs.name, change)), { cli })
    ])
    const [left, right] = await Promise.all([inspect(ours), inspect(theirs)])
    expect(left).toMatchObject({ HostConfig: after })
    expect(right).toEqual(left)
  })

  it('and both pass on what the engine warns of', async () => {
    const [ours, theirs] = await Promise.all([running(), running()])
    const change = { blkioWeight: 300 }
    const { warnings } = await updateContainer(engine, ours.id, change)
    const line = formatCommand(updateCommand(theirs.name, change))
    const { exitCode, stdout, stderr } = await runLine(line, { cli })
    expect(exitCode).toBe(0)
    for (const warning of warnings) expect(stdout + stderr).toContain(warning)
    expect(await inspect(theirs)).toEqual(await inspect(ours))
  })

  it('and both are refused memory without the swap that it does not fit in', async () => {
    const [ours, theirs] = await Promise.all([running(), running()])
    const change = { memoryBytes: 100 * MIB }
    const [outcome] = await Promise.allSettled([updateContainer(engine, ours.id, change)])
    const line = formatCommand(updateCommand(theirs.name, change))
    const { exitCode } = await runLine(line, { cli })
    // Newer engines take it, and then both.
    expect(outcome).toMatchObject(
      exitCode === 0 ? { status: 'fulfilled' } : { reason: { code: 'conflict' } }
    )
    expect(await inspect(theirs)).toEqual(await inspect(ours))
  })
})

interface Made {
  readonly id: string
  readonly name: string
}

function running(): Promise<Made> {
  return runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init'],
    command: ['sleep', '100000']
  })
}

async function inspect({ id, name }: Made): Promise<unknown> {
  const [found] = JSON.parse(await docker(['inspect', id])) as unknown[]
  return normalise(found, {
    names: { [id]: '<id>', [id.slice(0, 12)]: '<short>', [name]: '<name>' }
  })
}
