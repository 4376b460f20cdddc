import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toUsage } from '../../src/main/cleanup/operations'
import { totalsOf } from '../../src/shared/cleanup/model'
import { cliOnPath, runLineWell } from './command-line'

/** Figures that stand still: on an engine that others use they change between two questions. */
const ANSWER = {
  LayersSize: 4_206_000_000,
  Images: [
    image('a', { RepoTags: ['web:1'], Size: 3e9, SharedSize: 1e9, Containers: 2 }),
    image('b', { RepoTags: ['db:1'], Size: 1.2e9, SharedSize: 1e9, Containers: 0 }),
    image('c', { RepoTags: ['<none>:<none>'], Size: 7_654_321, SharedSize: 0, Containers: 0 })
  ],
  Containers: [
    container('1', { Names: ['/web'], State: 'running', SizeRw: 1234 }),
    container('2', { Names: ['/slept'], State: 'paused', SizeRw: 5_000_000 }),
    container('3', { Names: ['/was'], State: 'exited', SizeRw: 70_000 })
  ],
  Volumes: [volume('data', 1_500_000, 1), volume('left', 250_000_000, 0), volume('far', -1, 0)],
  BuildCache: [
    record('x', { Size: 44_000_000, InUse: false, Shared: false }),
    record('y', { Size: 2_000_000, InUse: true, Shared: false }),
    record('z', { Size: 9_000_000, InUse: false, Shared: true })
  ],
  BuilderSize: 46_000_000
}

const cli = cliOnPath()
let server: Server
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recorder-'))
  server = createServer((request, response) => {
    response.setHeader('Api-Version', '1.41')
    response.setHeader('Ostype', 'linux')
    response.setHeader('Content-Type', 'application/json')
    if (request.url?.endsWith('/_ping')) response.end('OK')
    else response.end(JSON.stringify(ANSWER))
  })
  await new Promise<void>((resolve) => server.listen(join(folder, 'docker.sock'), resolve))
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

it(`sums up the engine’s figures as “docker system df” of ${cli.version} does`, async () => {
  const format = '{{.Type}}|{{.TotalCount}}|{{.Active}}|{{.Size}}|{{.Reclaimable}}'
  const line = `docker system df --format '${format}'`
  const host = `export DOCKER_HOST=unix://${join(folder, 'docker.sock')}`
  const text = await runLineWell(`${host}; ${line}`, { cli })
  const types = {
    images: 'Images',
    containers: 'Containers',
    volumes: 'Local Volumes',
    cache: 'Build Cache'
  }
  const ours = totalsOf(toUsage(ANSWER)).map(({ kind, count, active, bytes, freeableBytes }) =>
    [types[kind], count, active, human(bytes), human(freeableBytes)].join('|')
  )
  // The share in percent, which the CLI adds for some, is no figure of ours.
  expect(
    text
      .trim()
      .split('\n')
      .map((each) => each.replace(/ \(\d+%\)$/, ''))
  ).toEqual(ours)
})

function image(digit: string, more: object): object {
  const id = `sha256:${digit.repeat(64)}`
  return { Id: id, ParentId: '', Created: 1_700_000_000, RepoDigests: [], Labels: {}, ...more }
}

function container(digit: string, more: object): object {
  return { Id: digit.repeat(64), Image: 'web:1', Command: 'sh', Ports: [], Mounts: [], ...more }
}

function volume(name: string, size: number, count: number): object {
  return { Name: name, Driver: 'local', Scope: 'local', UsageData: { Size: size, RefCount: count } }
}

function record(id: string, more: object): object {
  return { ID: id, Type: 'regular', Description: '', UsageCount: 1, ...more }
}

/** Bytes as the CLI writes them. Source: docker/go-units `HumanSize`. */
function human(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let [value, unit] = [bytes, 0]
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${Number(value.toPrecision(4))}${units[unit] ?? ''}`
}
