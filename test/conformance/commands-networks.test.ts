import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { createNetwork as createByUs } from '../../src/main/networks/create'
import * as operations from '../../src/main/networks/operations'
import { formatCommand } from '../../src/shared/command/quote'
import { parseAddress } from '../../src/shared/engines/address'
import { networkCommands as commands } from '../../src/shared/networks/command'
import { networkSpec, type NetworkSpec } from '../../src/shared/networks/contract'
import { networkHandle } from '../../src/shared/networks/model'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, normalise, runLine, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** Names that other clients may give a network: the engine takes nearly anything. */
const ODD_NAMES = [
  'with a space',
  'it’s $HOME and `id`',
  "it's",
  '"quoted"',
  '-leading-dash',
  '--force',
  'semi;colon&',
  '~home',
  'a*b?[c]',
  '=equals',
  'сеть',
  '#hash',
  '!bang'
]

describe(`a network’s command line, run by the docker CLI ${cli.version}, does what the operation does`, () => {
  it.each([
    ['create', {}],
    ['create of an internal, attachable one', { internal: true, attachable: true }],
    ['create with a range', { ranges: [{ subnet: '10.214.1.0/24' }] }],
    [
      'create with a range, a gateway and a part to draw from',
      {
        ranges: [{ subnet: '10.214.2.0/24', gateway: '10.214.2.200', ipRange: '10.214.2.128/26' }]
      }
    ],
    [
      'create with IPv6',
      { ipv6: true, ranges: [{ subnet: 'fd00:214::/64', gateway: 'fd00:214::9' }] }
    ],
    [
      'create with a range of each family, their gateways crossed by nothing',
      {
        ipv6: true,
        ranges: [
          { subnet: 'fd00:215::/64', gateway: 'fd00:215::9' },
          { subnet: '10.214.3.0/24', gateway: '10.214.3.9' }
        ]
      }
    ],
    [
      'create with options of the bridge',
      {
        options: {
          'com.docker.network.bridge.enable_icc': 'false',
          'com.docker.network.driver.mtu': '1400'
        }
      }
    ],
    [
      'create with labels that need quoting',
      {
        labels: {
          'io.portolan.odd': 'it\'s "odd" $HOME `id` \\ end',
          'io.portolan.lines': 'one\ntwo\n',
          'io.portolan.empty': '',
          'io.portolan.equals': 'a=b=c',
          'io.portolan.unicode': 'порт 🚢',
          'io.portolan.spaces': ' leading and trailing '
        }
      }
    ]
  ] as const)('%s', async (_title, more) => {
    // The same range twice would overlap: theirs is made when ours has been looked at and is gone.
    const labels = { [TEST_LABEL]: '1', ...('labels' in more ? more.labels : {}) }
    const spec = networkSpec.parse({ ...more, name: uniqueName('net'), labels })
    const { id } = await createByUs(engine, spec)
    cleanup.add(() => removeNetwork(spec.name))
    const ours = await inspect(id, spec.name)
    await operations.removeNetwork(engine, id)
    const made = (await runLineWell(formatCommand(commands.create(spec)), { cli })).trim()
    const theirs = await inspect(made, spec.name)
    expect(ours).toMatchObject({ Driver: spec.driver, Internal: spec.internal, Labels: labels })
    expect(withoutDrawn(theirs, spec)).toEqual(withoutDrawn(ours, spec))
  })

  it('create by a driver that the engine does not have is refused to both', async () => {
    const spec = networkSpec.parse({ name: uniqueName('net'), driver: 'no.such-driver' })
    await expect(createByUs(engine, spec)).rejects.toMatchObject({
      code: 'not-found',
      data: { engineMessage: expect.stringContaining('no.such-driver') }
    })
    const { exitCode, stderr } = await runLine(formatCommand(commands.create(spec)), { cli })
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('no.such-driver')
  })

  it.each([
    ['connect', {}],
    ['connect with aliases', { aliases: ['front', 'front.two'] }],
    ['connect with an address', { ipv4Address: '10.215.1.77' }],
    ['connect with an IPv6 address', { ipv6Address: 'fd00:2151::77' }],
    [
      'connect with all',
      { aliases: ['front'], ipv4Address: '10.215.1.77', ipv6Address: 'fd00:2151::77' }
    ]
  ])('%s', async (_title, options) => {
    const pair = await Promise.all([runOne(), runOne()])
    const name = uniqueName('net')
    const ipv6 = ['--ipv6', '--subnet', 'fd00:2151::/64']
    const id = await createNetwork(cleanup, name, ['--subnet', '10.215.1.0/24', ...ipv6])
    cleanup.add(() => pair.map((container) => docker(['rm', '--force', container.name])).at(0))
    const [ours, theirs] = pair
    await operations.connectNetwork(engine, { networkId: id, containerId: ours.id, ...options })
    const left = await attachments(ours)
    expect(Object.keys(left as object)).toEqual(['bridge', name])
    // One address for one of them: ours makes room.
    await operations.disconnectNetwork(engine, {
      networkId: id,
      containerId: ours.id,
      force: false
    })
    await runLineWell(formatCommand(commands.connect(name, theirs.name, options)), { cli })
    expect(await attachments(theirs)).toEqual(left)
    await docker(['network', 'disconnect', name, theirs.name])
  })

  it.each([
    ['disconnect', false],
    ['disconnect --force', true]
  ])('%s', async (_title, force) => {
    const name = uniqueName('net')
    const id = await createNetwork(cleanup, name)
    const [ours, theirs] = await Promise.all([runOne(name), runOne(name)])
    await operations.disconnectNetwork(engine, { networkId: id, containerId: ours.id, force })
    await runLineWell(formatCommand(commands.disconnect(name, theirs.name, force)), { cli })
    const left = await attachments(ours)
    expect(left).toBeNull()
    expect(await attachments(theirs)).toEqual(left)
  })

  it('remove', async () => {
    const [ours, theirs] = [uniqueName('net'), uniqueName('net')]
    const id = await createNetwork(cleanup, ours)
    await createNetwork(cleanup, theirs)
    await operations.removeNetwork(engine, id)
    await runLineWell(formatCommand(commands.remove(theirs)), { cli })
    const names = (await docker(['network', 'ls', '--format', '{{.Name}}'])).split('\n')
    expect(names).not.toContain(ours)
    expect(names).not.toContain(theirs)
  })

  it('remove of several', async () => {
    const names = [uniqueName('net'), uniqueName('net'), uniqueName('net'), uniqueName('net')]
    const ids: string[] = []
    for (const name of names) ids.push(await createNetwork(cleanup, name))
    const [a = '', b = '', ...others] = names
    await operations.removeNetworks(engine, [
      { id: ids[0] ?? '', name: a },
      { id: ids[1] ?? '', name: b }
    ])
    await runLineWell(formatCommand(commands.remove(...others)), { cli })
    const left = (await docker(['network', 'ls', '--format', '{{.Name}}'])).split('\n')
    expect(left.filter((name) => names.includes(name))).toEqual([])
  })

  it('remove and connect by id, where two have one name', async () => {
    const name = uniqueName('twin')
    const make = (): Promise<{ readonly id: string }> =>
      engine.docker.createNetwork({ Name: name, Labels: { [TEST_LABEL]: '1' } })
    const [first, second] = [await make(), await make()]
    cleanup.add(() => removeNetwork(first.id))
    cleanup.add(() => removeNetwork(second.id))
    const networks = [first, second].map(({ id }) => ({ id, name }))
    const handle = networkHandle({ id: second.id, name }, networks)
    const container = await runOne()
    await runLineWell(formatCommand(commands.connect(handle, container.name)), { cli })
    const joined = await engine.docker.getNetwork(second.id).inspect()
    expect(Object.keys((joined as { Containers: object }).Containers)).toEqual([container.id])
    await runLineWell(formatCommand(commands.disconnect(handle, container.name)), { cli })
    await runLineWell(formatCommand(commands.remove(handle)), { cli })
    await expect(operations.inspectNetwork(engine, second.id)).rejects.toMatchObject({
      code: 'not-found'
    })
    await expect(operations.inspectNetwork(engine, first.id)).resolves.toMatchObject({ Name: name })
  })

  it.each(ODD_NAMES)('connect, disconnect and remove of the network named %s', async (oddity) => {
    const name = `${oddity}${oddity === '--force' ? '' : uniqueName('')}`
    const made = await engine.docker.createNetwork({ Name: name, Labels: { [TEST_LABEL]: '1' } })
    cleanup.add(() => removeNetwork(made.id))
    const container = await runOne()
    const run = (argv: readonly string[]): Promise<string> =>
      runLineWell(formatCommand(argv), { cli })
    const before = await attachments(container)
    await run(commands.connect(name, container.name, { aliases: ['front'] }))
    expect(Object.keys((await attachments(container)) as object)).toContain(name)
    await run(commands.disconnect(name, container.name, true))
    expect(await attachments(container)).toEqual(before)
    await run(commands.remove(name))
    await expect(operations.inspectNetwork(engine, made.id)).rejects.toMatchObject({
      code: 'not-found'
    })
  })
})

interface Running {
  readonly id: string
  readonly name: string
}

function runOne(network?: string): Promise<Running> {
  const args = network === undefined ? [] : ['--network', network]
  return runContainer(cleanup, { image: imageReference('static'), args })
}

async function removeNetwork(idOrName: string): Promise<void> {
  try {
    await docker(['network', 'rm', '--', idOrName])
  } catch (failure) {
    if (!/no such network|not found/i.test(String(failure))) throw failure
  }
}

async function inspect(id: string, name: string): Promise<Record<string, unknown>> {
  const found = await operations.inspectNetwork(engine, id)
  return normalise(found, { names: { [id]: '<id>', [name]: '<name>' } }) as Record<string, unknown>
}

/** Where no range is asked for, the engine draws one for each network. */
function withoutDrawn(network: Record<string, unknown>, spec: NetworkSpec): unknown {
  const { IPAM, ...rest } = network
  const { Config, ...ipam } = IPAM as { readonly Config: readonly { readonly Subnet: string }[] }
  const isGiven = (range: string): boolean => spec.ranges.some(({ subnet }) => subnet === range)
  const ranges = Config.map((range) => (isGiven(range.Subnet) ? range : Object.keys(range)))
    // The CLI sends them in the order of a map.
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
  return { ...rest, IPAM: { ...ipam, ranges } }
}

async function attachments({ id, name }: Running): Promise<unknown> {
  const format = '{{json .NetworkSettings.Networks}}'
  const found: unknown = JSON.parse(await docker(['inspect', '--format', format, id]))
  return normalise(found, {
    names: { [id]: '<id>', [id.slice(0, 12)]: '<short>', [name]: '<name>' }
  })
}
