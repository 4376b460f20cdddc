import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCreateBody } from '../../src/main/networks/create'
import { formatCommand } from '../../src/shared/command/quote'
import { networkCommands } from '../../src/shared/networks/command'
import { networkSpec } from '../../src/shared/networks/contract'
import { cliOnPath, runLineWell } from './command-line'

/**
 * Drivers that need a kernel module, a swarm or a device of the machine: here the CLI speaks to a recorder, and the JSON that it
 * sends is what ours is compared with.
 */
const cli = cliOnPath()
let server: Server
let folder = ''
let recorded: Promise<unknown>[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recorder-'))
  server = createServer((request, response) => {
    response.setHeader('Api-Version', '1.41')
    response.setHeader('Ostype', 'linux')
    if (!request.url?.endsWith('/networks/create')) {
      response.end(request.url?.endsWith('/_ping') ? 'OK' : '{}')
      return
    }
    recorded.push(bodyOf(request))
    response.writeHead(201, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ Id: 'a'.repeat(64), Warning: '' }))
  })
  await new Promise<void>((resolve) => server.listen(join(folder, 'docker.sock'), resolve))
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

describe(`the body of “network create”, as the docker CLI ${cli.version} sends it for our line`, () => {
  it.each([
    { name: 'plain' },
    { name: 'both', internal: true, attachable: true, ipv6: true },
    {
      name: 'lan',
      driver: 'macvlan',
      ranges: [{ subnet: '192.168.7.0/24', gateway: '192.168.7.1', ipRange: '192.168.7.64/26' }],
      options: { parent: 'eth0', macvlan_mode: 'bridge' }
    },
    {
      name: 'vlan',
      driver: 'ipvlan',
      ranges: [{ subnet: '192.168.8.0/24' }, { subnet: '192.168.9.0/24', gateway: '192.168.9.7' }],
      options: { parent: 'eth0.20', ipvlan_mode: 'l3' }
    },
    {
      name: 'sea',
      driver: 'overlay',
      attachable: true,
      ipv6: true,
      ranges: [{ subnet: 'fd00:7::/64', gateway: 'fd00:7::1' }, { subnet: '10.7.0.0/16' }],
      options: { encrypted: '' },
      labels: { team: 'the blue one', empty: '', lines: 'a\nb', equals: 'a=b' }
    },
    { name: 'own', driver: 'vendor.example_net-driver' }
  ])('$name', async (input) => {
    const spec = networkSpec.parse(input)
    const env = { DOCKER_HOST: `unix://${join(folder, 'docker.sock')}` }
    const line = formatCommand(networkCommands.create(spec))
    await runLineWell(`export DOCKER_HOST=${env.DOCKER_HOST}; ${line}`, { cli })
    const [theirs, ...more] = await Promise.all(recorded.splice(0))
    expect(more).toEqual([])
    expect(comparable(theirs)).toEqual(comparable(toCreateBody(spec)))
  })
})

/** What says something: the CLI writes out every field, and the order of its ranges is that of a map. */
function comparable(body: unknown): unknown {
  const { IPAM: ipam, CheckDuplicate: _check, ...rest } = body as Readonly<Record<string, unknown>>
  const { Config: ranges } = (ipam ?? {}) as { readonly Config?: readonly object[] | null }
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => !isNothing(value))),
    ranges: (ranges ?? [])
      .map((range) => Object.entries(range).filter(([, value]) => !isNothing(value)))
      .map((entries) => JSON.stringify(entries.toSorted(([a], [b]) => a.localeCompare(b))))
      .toSorted()
  }
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  )
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
