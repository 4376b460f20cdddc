import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Endpoint } from '../../shared/engines/model'
import { EndpointSession } from './endpoint-session'
import { Engine } from './engine'

/** Long enough for a busy machine to connect, short enough for a test. */
const LIMIT_MS = 150

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

const VERSION = { Version: '27.1', Os: 'linux', Arch: 'amd64' }

describe('Engine.connect', () => {
  it('gives up on one that takes the connection and says nothing, and lets go of it', async () => {
    const { address, sockets } = await listen(createServer())
    await expect(Engine.connect('x', address, LIMIT_MS)).rejects.toMatchObject({
      name: 'PortolanError',
      code: 'timeout',
      data: {
        operation: 'engines.connect',
        subject: { kind: 'endpoint', id: 'x' },
        retryable: true
      }
    })
    expect(sockets).toHaveLength(1)
    await vi.waitUntil(() => sockets.every((socket) => socket.destroyed))
  })

  it.each([
    ['is silent after the ping', false],
    ['stops in the middle of its version', true]
  ])('gives up on one that %s', async (_title, begins) => {
    const { address, sockets } = await listen(
      engineServer((request, response) => {
        if (request.url?.endsWith('/version') !== true) response.end('OK')
        else if (begins) response.write('{"Version":')
      })
    )
    await expect(Engine.connect('x', address, LIMIT_MS)).rejects.toMatchObject({ code: 'timeout' })
    // The ping's own, if it is another, is pooled for a moment.
    await vi.waitUntil(() => sockets.at(-1)?.destroyed)
  })

  it('leaves one alone that answered in time', async () => {
    const { address } = await listen(
      engineServer((request, response) => {
        response.end(request.url?.endsWith('/version') === true ? JSON.stringify(VERSION) : 'OK')
      })
    )
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    endings.push(() => vi.useRealTimers())
    const engine = await Engine.connect('x', address)
    expect(engine.info).toMatchObject({ version: '27.1', apiVersion: '1.41' })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a session', () => {
  it('says that a silent engine cannot be reached, and tries again', async () => {
    const { address, sockets } = await listen(createServer())
    const seen: Endpoint[] = []
    const session = new EndpointSession({
      id: 'x',
      name: '',
      address,
      isPrivate: false,
      sink: { put: () => undefined, remove: () => undefined, replace: () => undefined },
      onEndpoint: (endpoint) => seen.push(endpoint),
      connectLimitMs: LIMIT_MS
    })
    endings.push(() => session.close())
    await session.connect()
    expect(seen.at(-1)).toMatchObject({ status: 'unreachable', error: { code: 'timeout' } })
    await vi.waitUntil(() => sockets.length > 1, { timeout: 4000 })
  })
})

describe.skipIf(!existsSync('/proc/net/tcp'))('an engine by TCP (needs /proc)', () => {
  it('is asked by the system whether it is still there, while its events are silent', async () => {
    const server = engineServer((request, response) => {
      if (request.url?.endsWith('/version') === true) response.end(JSON.stringify(VERSION))
      else if (request.url?.includes('/events') === true) response.flushHeaders()
      else response.end('OK')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    endings.push(() => new Promise((resolve) => server.close(resolve)))
    const { port } = server.address() as AddressInfo
    const engine = await Engine.connect('x', { kind: 'tcp', host: '127.0.0.1', port })
    const events = (await engine.docker.getEvents()) as unknown as { socket: Socket }
    endings.push(() => events.socket.destroy())
    // Source: proc(5), /proc/net/tcp: `tr:tm->when`, timer 2 is keep-alive; in hundredths of a second.
    const local = `:${hex(events.socket.localPort ?? 0)} 0100007F:${hex(port)} `
    const row = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .find((line) => line.includes(local))
    const [timer = '', when = ''] = (row?.trim().split(/\s+/)[5] ?? '').split(':')
    expect(timer).toBe('02')
    expect(parseInt(when, 16)).toBeGreaterThan(500)
    expect(parseInt(when, 16)).toBeLessThanOrEqual(1500)
  })
})

function engineServer(answer: RequestListener): Server {
  return createHttpServer((request, response) => {
    response.setHeader('Api-Version', '1.41')
    answer(request, response)
  })
}

/** Lets a server listen at a socket of its own, and keeps count of its connections. */
async function listen(server: Server) {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'))
  const socketPath = join(folder, 'docker.sock')
  const sockets: Socket[] = []
  server.on('connection', (socket: Socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined).resume()
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  endings.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true, force: true })
  })
  return { address: { kind: 'unix', socketPath } as const, sockets }
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0')
}
