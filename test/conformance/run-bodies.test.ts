import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCreateBody } from '../../src/shared/run/create-body'
import { parseRunLine } from '../../src/shared/run/parse'
import { cliOnPath, runLine } from './command-line'
import { FLAG_LINES } from './run-lines'

/**
 * What the test engine cannot do or would not tell: graphics cards and CDI devices, block devices' limits and real-time scheduling that need
 * the kernel's help, another platform, Windows' flags, and what came with newer versions of the API. Here the CLI speaks to a recorder of the
 * newest API that both know, and the JSON that it sends is what ours is compared with.
 */
const NEWER_LINES: readonly string[] = [
  '--gpus all',
  '--gpus 2',
  `--gpus '"device=0,2"'`,
  '--gpus device=GPU-3a23c669',
  `--gpus 'all,"capabilities=utility,compute",driver=nvidia'`,
  `--gpus 'count=1,"options=a=b"'`,
  '--device vendor.com/class=name',
  '--gpus all --device nvidia.com/gpu=all --device /dev/null',
  '--platform linux/arm64',
  '--platform linux/arm/v7',
  '--platform linux/aarch64',
  '--platform linux/arm64/v8',
  '--blkio-weight-device /dev/sda:200',
  '--device-read-bps /dev/sda:1mb --device-write-bps /dev/sda:2g',
  '--device-read-iops /dev/sda:100 --device-write-iops /dev/sda:200',
  '--cpu-rt-period 1000000 --cpu-rt-runtime 950000',
  '--storage-opt size=120G',
  '--annotation a=b --annotation c=d',
  '--health-cmd true --health-start-interval 2s',
  '--mac-address 92:d0:c6:0a:29:33',
  '--network one --mac-address 92:d0:c6:0a:29:33',
  '--network one --network two',
  '--network name=one,alias=a,mac-address=92:d0:c6:0a:29:33 --network name=two,ip=10.0.0.2,gw-priority=7',
  `--network 'name=one,"driver-opt=a.b=c,d"'`,
  '--network one --ip6 2001:db8::33 --link other:x',
  '--mount type=image,source=busybox,target=/i,image-subpath=bin',
  '--mount type=volume,src=v,dst=/v,volume-subpath=a/b',
  '--mount type=bind,src=/a,dst=/b,ro,bind-recursive=writable',
  '--mount type=bind,src=/a,dst=/b,ro,bind-recursive=readonly,bind-propagation=rprivate',
  '--mount type=cluster,src=g,dst=/g',
  '--userns host',
  '--cpu-rt-period 5 --cpuset-mems 0-3',
  '--runtime nvidia -e NVIDIA_VISIBLE_DEVICES=all --ipc=host --ulimit memlock=-1 --ulimit stack=67108864',
  '--security-opt label=level:s0:c100,c200 --security-opt apparmor=docker-default',
  '--log-driver fluentd --log-opt fluentd-address=localhost:24224 --log-opt tag="docker.{{.Name}}"',
  '--oom-score-adj -1000 --memory-swappiness 60'
]

/** Lines of another test whose words name what only that test makes. */
const SHARED_LINES = FLAG_LINES.filter((line) => !/OTHER|NETWORK|FROM_OUTSIDE/.test(line))

interface Recorded {
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

const API = '1.48'
const cli = cliOnPath()
let server: Server
let folder = ''
let recorded: Promise<Recorded>[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recorder-'))
  server = createServer((request, response) => {
    response.setHeader('Api-Version', API)
    response.setHeader('Ostype', 'linux')
    const url = new URL(request.url ?? '/', 'http://recorder')
    if (!url.pathname.endsWith('/containers/create')) {
      response.end(url.pathname.endsWith('/_ping') ? 'OK' : '{}')
      return
    }
    const whole = textOf(request)
    recorded.push(
      whole.then((text) => ({
        query: Object.fromEntries(url.searchParams),
        body: JSON.parse(text) as unknown
      }))
    )
    whole
      .then(() => response.writeHead(201).end('{"Id":"recorded","Warnings":[]}'))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(join(folder, 'docker.sock'), resolve))
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) text += String(part)
  return text
}

async function sentByCli(line: string): Promise<Recorded> {
  recorded = []
  // The line names its endpoint itself.
  const spoken = line.replace('docker ', `docker -H unix://${join(folder, 'docker.sock')} `)
  const { exitCode, stderr } = await runLine(spoken, { cli })
  expect(exitCode, stderr).toBe(0)
  const [request] = await Promise.all(recorded)
  if (!request) throw new Error(`${line}: nothing was sent`)
  return request
}

/** Without what says nothing, and with in order what the CLI sends in any. */
function essence(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item) => essence(item))
    const anyOrder = key === 'Env' || key === 'Binds'
    return anyOrder ? items.map(String).toSorted() : items
  }
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([name, item]) => [name, essence(item, name)] as const)
    .filter(([name, item]) => !isNothing(item) || KEPT.has(name))
  return Object.fromEntries(kept)
}

/** Where nothing and none are not the same. */
const KEPT = new Set([
  'MaskedPaths',
  'ReadonlyPaths',
  'Init',
  'StopTimeout',
  'default',
  'one',
  'two'
])

function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return !value
}

describe('the request that creates a container', () => {
  it.each([...NEWER_LINES, ...SHARED_LINES])('%s', async (words) => {
    const [flags = '', command = ''] = ` ${words}`.split(' -- ')
    const line = `${flags} busybox ${command}`
    const { spec, problems } = parseRunLine(`docker run --name x ${line}`)
    expect(problems).toEqual([])
    const ours = toCreateBody(spec, { apiVersion: API })
    expect(ours.problems).toEqual([])
    const theirs = await sentByCli(`docker create --name x ${line}`)
    expect(ours.query).toEqual(theirs.query)
    expect(essence(ours.body)).toEqual(essence(theirs.body))
  })
})
