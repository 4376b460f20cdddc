import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { toContainer, toNetwork } from '../../src/main/engine/listing'
import { createNetwork, readSurroundings } from '../../src/main/networks/create'
import {
  connectNetwork,
  disconnectNetwork,
  inspectNetwork,
  removeNetwork,
  removeNetworks
} from '../../src/main/networks/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { networkSpec } from '../../src/shared/networks/contract'
import {
  createCleanup,
  docker,
  imageReference,
  runContainer,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'

const cleanup = createCleanup()
let engine: Engine

beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})
afterEach(() => cleanup.run())

/** Creates a network by our own operation; it is removed at clean-up. */
async function create(more: object = {}): Promise<{ readonly id: string; readonly name: string }> {
  const name = uniqueName('net')
  const spec = networkSpec.parse({ name, labels: { [TEST_LABEL]: '1' }, ...more })
  const { id } = await createNetwork(engine, spec)
  cleanup.add(() => docker(['network', 'rm', id]).catch(ignoreMissing))
  return { id, name }
}

function ignoreMissing(failure: unknown): void {
  if (!/no such network|not found/i.test(String(failure))) throw failure
}

function run(...args: readonly string[]): Promise<{ readonly id: string; readonly name: string }> {
  return runContainer(cleanup, { image: imageReference('static'), args })
}

async function networksOf(
  container: string
): Promise<Record<string, { readonly IPAddress: string }>> {
  const format = '{{json .NetworkSettings.Networks}}'
  return JSON.parse(await docker(['inspect', '--format', format, container])) as Record<
    string,
    { readonly IPAddress: string }
  >
}

describe('networks', () => {
  it('are created as asked', async () => {
    const { id, name } = await create({
      internal: true,
      ranges: [
        { subnet: '10.213.7.0/24', gateway: '10.213.7.9', ipRange: '10.213.7.128/25' },
        { subnet: 'fd00:213:7::/64' }
      ],
      ipv6: true,
      options: { 'com.docker.network.driver.mtu': '1400' }
    })
    expect(await inspectNetwork(engine, id)).toMatchObject({
      Name: name,
      Driver: 'bridge',
      Internal: true,
      EnableIPv6: true,
      IPAM: {
        Config: expect.arrayContaining([
          { Subnet: '10.213.7.0/24', Gateway: '10.213.7.9', IPRange: '10.213.7.128/25' },
          expect.objectContaining({ Subnet: 'fd00:213:7::/64' })
        ])
      },
      Options: { 'com.docker.network.driver.mtu': '1400' },
      Labels: { [TEST_LABEL]: '1' }
    })
  })

  it('never share a name, though one may be part of another', async () => {
    const { name } = await create()
    await expect(createNetwork(engine, networkSpec.parse({ name }))).rejects.toMatchObject({
      code: 'conflict'
    })
    const part = name.slice(0, -1)
    const { id } = await createNetwork(engine, networkSpec.parse({ name: part }))
    cleanup.add(() => docker(['network', 'rm', id]))
  })

  it('take a container on, with alias and address, and let it go', async () => {
    const { id, name } = await create({
      ipv6: true,
      ranges: [{ subnet: '10.213.8.0/24' }, { subnet: 'fd00:213:8::/64' }]
    })
    const container = await run()
    await connectNetwork(engine, {
      networkId: id,
      containerId: container.id,
      aliases: ['front'],
      ipv4Address: '10.213.8.77',
      ipv6Address: 'fd00:213:8::77'
    })
    expect((await networksOf(container.id))[name]).toMatchObject({
      IPAddress: '10.213.8.77',
      GlobalIPv6Address: 'fd00:213:8::77',
      Aliases: expect.arrayContaining(['front'])
    })
    await disconnectNetwork(engine, { networkId: id, containerId: container.id, force: false })
    expect(Object.keys(await networksOf(container.id))).toEqual(['bridge'])
  })

  it('refuse what their state forbids as a conflict', async () => {
    const { id, name } = await create()
    const member = await run('--network', name)
    const again = connectNetwork(engine, { networkId: id, containerId: member.id })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    await expect(removeNetwork(engine, id)).rejects.toMatchObject({
      code: 'conflict',
      data: { engineMessage: expect.stringContaining('active endpoints') }
    })
    const predefined = await docker(['network', 'inspect', '--format', '{{.Id}}', 'bridge'])
    await expect(removeNetwork(engine, predefined.trim())).rejects.toMatchObject({
      code: 'conflict'
    })
    for (const mode of ['none', 'host']) {
      const { id: containerId } = await run('--network', mode)
      const joining = connectNetwork(engine, { networkId: id, containerId })
      await expect(joining).rejects.toMatchObject({ code: 'invalid-input' })
    }
  })

  it('name the network whose range a new one would overlap', async () => {
    const { name } = await create({ ranges: [{ subnet: '10.213.9.0/24' }] })
    const late = create({ ranges: [{ subnet: '10.213.0.0/16' }] })
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message: `The subnet 10.213.0.0/16 overlaps 10.213.9.0/24, which the network “${name}” has.`
    })
  })

  it('go several at once, and each that stays is named with its reason', async () => {
    const [a, b, used] = [await create(), await create(), await create()]
    await run('--network', used.name)
    await expect(removeNetworks(engine, [a, used, b])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(new RegExp(`^${used.name}: .*active endpoints`)),
      data: { hint: 'The others were removed.' }
    })
    for (const { id } of [a, b])
      await expect(inspectNetwork(engine, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(inspectNetwork(engine, used.id)).resolves.toMatchObject({ Name: used.name })
  })

  it('know the engine’s drivers, and no routes of a machine that is not its own', async () => {
    const networks = (await engine.docker.listNetworks()).map((info) => toNetwork('test', info))
    const { drivers, isSwarm, routes } = await readSurroundings(engine, networks)
    expect(drivers).toEqual(expect.arrayContaining(['bridge', 'host', 'macvlan', 'null']))
    expect(isSwarm).toBe(false)
    // The engine of the tests lives in a network namespace of its own.
    if (testEngine().ownEngine) expect(routes).toEqual([])
  })

  it('are listed with their options, ranges and fixed addresses', async () => {
    const { id, name } = await create({
      ranges: [{ subnet: '10.213.10.0/24', ipRange: '10.213.10.64/26' }],
      options: { 'com.docker.network.bridge.enable_icc': 'false' }
    })
    const [info] = await engine.docker.listNetworks({ filters: { id: [id] } })
    if (!info) throw new Error('It is not listed.')
    expect(toNetwork('test', info)).toMatchObject({
      ranges: [{ subnet: '10.213.10.0/24', ipRange: '10.213.10.64/26' }],
      options: { 'com.docker.network.bridge.enable_icc': 'false' }
    })
    const container = await run('--network', name, '--ip', '10.213.10.99')
    await docker(['kill', container.name])
    const filters = { id: [container.id] }
    const [row] = await engine.docker.listContainers({ all: true, filters })
    if (!row) throw new Error('It is not listed.')
    expect(toContainer('test', row, Date.now()).attachments).toMatchObject([
      { networkName: name, ipAddress: '', fixedAddresses: ['10.213.10.99'] }
    ])
  })

  it('say not-found when they, or the container, are gone', async () => {
    const { id } = await create()
    const nobody = 'f'.repeat(64)
    await expect(
      connectNetwork(engine, { networkId: id, containerId: nobody })
    ).rejects.toMatchObject({ code: 'not-found' })
    await removeNetwork(engine, id)
    await expect(removeNetwork(engine, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(inspectNetwork(engine, id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
