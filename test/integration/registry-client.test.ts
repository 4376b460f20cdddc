import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import type { RegistryAuth } from '../../src/main/docker-config/credentials'
import { RegistryClient } from '../../src/main/registries/client/registry-client'
import { trustIn } from '../../src/main/registries/client/trust'
import {
  deleteManifest,
  findSharers,
  inspectManifest,
  listRepositories,
  listTags
} from '../../src/main/registries/repositories'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'
import { reachFromBothSides, startOwnRegistry } from '../engine/own-registry'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

const pem = (name: string): string =>
  readFileSync(new URL(`../fixtures/registries/localhost.${name}`, import.meta.url), 'utf8')

type Answering = (request: IncomingMessage, response: ServerResponse) => void

/** A stand-in for registries that Debian does not have: it answers as a test wants. Answers its `host:port`. */
async function standIn(answering: Answering, secure = false): Promise<string> {
  const server = secure
    ? https.createServer({ key: pem('key'), cert: pem('crt') }, answering)
    : http.createServer(answering)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanup.add(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface ClientOptions {
  readonly auth?: RegistryAuth
  readonly insecure?: boolean
  readonly authorities?: readonly string[]
}

function clientOf(
  domain: string,
  { auth = {}, insecure = true, authorities = [] }: ClientOptions = {}
): RegistryClient {
  const signal = new AbortController().signal
  const client = new RegistryClient(domain, auth, { insecure, authorities }, signal)
  cleanup.add(() => client.close())
  return client
}

const json = (response: ServerResponse, value: unknown, headers: http.OutgoingHttpHeaders = {}) =>
  response
    .writeHead(200, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(value))

describe('a registry’s answers', () => {
  it('are read over all pages: 5,000 tags', async () => {
    const all = Array.from({ length: 5000 }, (_, index) => `v${index}`)
    const asked: string[] = []
    const address = await standIn((request, response) => {
      const url = new URL(request.url ?? '', 'http://x')
      if (url.pathname === '/v2/') return json(response, {})
      asked.push(url.search)
      const from = Number(url.searchParams.get('last') ?? -1) + 1
      const tags = all.slice(from, from + 700)
      const last = from + tags.length - 1
      const link = `</v2/a/b/tags/list?n=700&last=${last}>; rel="next"`
      return json(response, { name: 'a/b', tags }, last < 4999 ? { link } : {})
    })
    const { tags, isCut } = await listTags(clientOf(address), 'a/b')
    expect(tags).toEqual(all)
    expect(isCut).toBe(false)
    expect(asked).toHaveLength(8)
  })

  it('that lead in a circle end, and that name another host are not followed there', async () => {
    let elsewhere = 0
    const other = await standIn((_request, response) => {
      elsewhere += 1
      json(response, { tags: ['stolen'] })
    })
    const address = await standIn((request, response) => {
      const links: Record<string, string> = {
        '/v2/circle/tags/list?n=1000': '</v2/circle/tags/list?n=1000>; rel="next"',
        '/v2/away/tags/list?n=1000': `<http://${other}/other>; rel="next"`
      }
      json(response, { tags: ['one'] }, { link: links[request.url ?? ''] ?? '' })
    })
    const client = clientOf(address)
    expect((await listTags(client, 'circle')).tags).toEqual(['one'])
    expect((await listTags(client, 'away')).tags).toEqual(['one'])
    expect(elsewhere).toBe(0)
  })

  it('that make no sense, or never end, are refused', async () => {
    const address = await standIn((request, response) => {
      if (request.url?.startsWith('/v2/endless')) {
        response.writeHead(200)
        const more = (): void => void response.write('x'.repeat(1_000_000), more)
        response.on('error', () => undefined)
        more()
      } else response.writeHead(200).end('<html>a proxy’s log-in page</html>')
    })
    const client = clientOf(address)
    await expect(listTags(client, 'page')).rejects.toMatchObject({
      code: 'protocol',
      data: { message: expect.stringContaining('is it a registry?') }
    })
    await expect(listTags(client, 'endless')).rejects.toMatchObject({ code: 'protocol' })
  })

  it('that refuse are told by what they mean', async () => {
    const statuses: Record<string, number> = { gone: 404, full: 429, broken: 503, forbidden: 403 }
    const address = await standIn((request, response) => {
      const name = request.url?.split('/')[2] ?? ''
      const body = { errors: [{ code: 'SOMETHING', message: 'in its words' }] }
      response.writeHead(statuses[name] ?? (request.method === 'DELETE' ? 405 : 200))
      response.end(JSON.stringify(body))
    })
    const client = clientOf(address)
    const codes = { gone: 'not-found', full: 'engine-failure', broken: 'engine-failure' }
    for (const [name, code] of Object.entries(codes))
      await expect(listTags(client, name)).rejects.toMatchObject({
        code,
        data: { engineMessage: 'SOMETHING: in its words' }
      })
    await expect(listTags(client, 'forbidden')).rejects.toMatchObject({
      code: 'unauthorized',
      data: { logInAt: address }
    })
    await expect(deleteManifest(client, 'a', `sha256:${'0'.repeat(64)}`)).rejects.toMatchObject({
      code: 'unsupported',
      data: { hint: expect.stringContaining('REGISTRY_STORAGE_DELETE_ENABLED') }
    })
    await expect(listRepositories(clientOf('127.0.0.1:1'))).rejects.toMatchObject({
      code: 'engine-failure',
      data: { message: expect.stringContaining('127.0.0.1:1 does not answer') }
    })
  })
})

describe('a log-in', () => {
  it('by token is shown to the token’s place, which another host may be, and only the token to the registry', async () => {
    const seen: string[] = []
    const realm = await standIn((request, response) => {
      const url = new URL(request.url ?? '', 'http://x')
      seen.push(`${request.headers.authorization} ${url.searchParams.get('scope')}`)
      if (request.headers.authorization !== `Basic ${btoa('me:secret')}`)
        response.writeHead(401).end()
      else json(response, { token: `t-${url.searchParams.get('scope')}` })
    })
    const shown = new Set<string | undefined>()
    const address = await standIn((request, response) => {
      const { authorization } = request.headers
      shown.add(authorization)
      if (request.url === '/v2/') return json(response, {})
      const scope = `repository:${request.url?.split('/')[2]}:pull`
      if (authorization === `Bearer t-${scope}`) return json(response, { tags: ['1'] })
      const challenge = `Bearer realm="http://${realm}/token",service="s",scope="${scope}"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    })
    const auth = { username: 'me', password: 'secret' }
    const client = clientOf(address, { auth })
    expect((await listTags(client, 'one')).tags).toEqual(['1'])
    expect((await listTags(client, 'one')).tags).toEqual(['1'])
    expect((await listTags(client, 'two')).tags).toEqual(['1'])
    // The token of a repository is asked for once.
    expect(seen).toHaveLength(2)
    expect([...shown]).toEqual([
      undefined,
      'Bearer t-repository:one:pull',
      'Bearer t-repository:two:pull'
    ])
    await expect(
      listTags(clientOf(address, { auth: { ...auth, password: 'wrong' } }), 'one')
    ).rejects.toMatchObject({ code: 'unauthorized', data: { logInAt: address } })
  })

  it('by identity token is exchanged, and never sent to the registry', async () => {
    let form = ''
    const realm = await standIn((request, response) => {
      request.on('data', (chunk: Buffer) => (form += chunk.toString()))
      request.on('end', () => json(response, { access_token: 'fresh' }))
    })
    const address = await standIn((request, response) => {
      if (request.headers.authorization === 'Bearer fresh') return json(response, { tags: [] })
      const challenge = `Bearer realm="http://${realm}/token",service="s"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    })
    const client = clientOf(address, { auth: { username: 'me', identitytoken: 'long-lived' } })
    expect((await listTags(client, 'a')).tags).toEqual([])
    expect(Object.fromEntries(new URLSearchParams(form))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'long-lived',
      service: 's'
    })
  })

  it('does not follow to another host, and is not sent over an open line', async () => {
    const leaked: (string | undefined)[] = []
    const store = await standIn((request, response) => {
      leaked.push(request.headers.authorization)
      json(response, { created: '2024-01-01T00:00:00Z', os: 'linux', architecture: 'amd64' })
    })
    const digest = `sha256:${'a'.repeat(64)}`
    const answering: Answering = (request, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      else if (request.url?.includes('/blobs/'))
        response.writeHead(307, { location: `http://${store}/blob` }).end()
      else json(response, { config: { digest, size: 3 }, layers: [{ size: 4 }, { size: 5 }] })
    }
    const auth = { username: 'me', password: 'secret' }
    const facts = await inspectManifest(clientOf(await standIn(answering), { auth }), 'a', '1')
    expect(facts).toMatchObject({ sizeBytes: 12, layerCount: 2, platforms: ['linux/amd64'] })
    expect(leaked).toEqual([undefined])
    // From HTTPS nothing leads to HTTP: the image is told without what lies there.
    const secure = clientOf(await standIn(answering, true), { auth, authorities: [pem('crt')] })
    expect((await inspectManifest(secure, 'a', '1')).platforms).toEqual([])
    expect(leaked).toHaveLength(1)
  })

  it('is wanted, and the error says where', async () => {
    const address = await standIn((_request, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    )
    await expect(listRepositories(clientOf(address))).rejects.toMatchObject({
      code: 'unauthorized',
      data: { logInAt: address }
    })
  })
})

describe('a registry that is not trusted', () => {
  it('with a certificate of its own says what to set, and is trusted with its authority', async () => {
    const address = await standIn((_request, response) => json(response, { tags: ['1'] }), true)
    await expect(listTags(clientOf(address, { insecure: false }), 'a')).rejects.toMatchObject({
      code: 'engine-failure',
      data: { hint: expect.stringContaining(`/etc/docker/certs.d/${address}/ca.crt`) }
    })
    const trusted = clientOf(address, { insecure: false, authorities: [pem('crt')] })
    expect((await listTags(trusted, 'a')).tags).toEqual(['1'])
  })

  it('without TLS says what to set, and nothing is sent to it', async () => {
    let asked = 0
    const address = await standIn((_request, response) => {
      asked += 1
      json(response, {})
    })
    await expect(listTags(clientOf(address, { insecure: false }), 'a')).rejects.toMatchObject({
      code: 'engine-failure',
      data: { hint: expect.stringContaining(`"insecure-registries": ["${address}"]`) }
    })
    expect(asked).toBe(0)
  })
})

describe.skipIf(testEngine().registries === null)('a real registry', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
  })

  it('lists, tells of a tag what the docker CLI knows, and deletes it with its likes', async () => {
    const { address: inner } = await startOwnRegistry(cleanup)
    const address = await reachFromBothSides(cleanup, inner)
    const busybox = imageReference('busybox')
    const name = uniqueName('listed')
    const push = async (image: string, tag: string): Promise<void> => {
      const reference = `${address}/deep/${name}:${tag}`
      await docker(['tag', image, reference])
      cleanup.add(() => docker(['rmi', reference]))
      await docker(['push', reference])
    }
    for (const tag of ['1', '1.0', 'latest']) await push(busybox, tag)
    await push(imageReference('static'), 'other')
    // As the engine holds it: loopback is insecure.
    const trust = await trustIn(engine, address)
    expect(trust.insecure).toBe(true)
    expect((await trustIn(engine, 'ghcr.io')).insecure).toBe(false)
    const client = clientOf(address)
    const path = `deep/${name}`
    expect(await listRepositories(client)).toEqual({ names: [path] })
    expect((await listTags(client, path)).tags.toSorted()).toEqual(['1', '1.0', 'latest', 'other'])
    const facts = await inspectManifest(client, path, '1')
    const digests = await docker(['image', 'inspect', '--format', '{{json .RepoDigests}}', busybox])
    expect(digests).toContain(`${address}/${path}@${facts.digest}`)
    expect(facts.platforms[0]).toMatch(/^linux\//)
    expect(facts.layerCount).toBe(1)
    const told: number[] = []
    const sharers = await findSharers(client, path, '1', (done) => told.push(done))
    expect(sharers).toEqual({ digest: facts.digest, tags: ['1.0', 'latest'], isCut: false })
    expect(told.at(-1)).toBe(3)
    await deleteManifest(client, path, sharers.digest)
    await expect(inspectManifest(client, path, 'latest')).rejects.toMatchObject({
      code: 'not-found'
    })
    expect((await inspectManifest(client, path, 'other')).digest).toMatch(/^sha256:/)
  })
})

it('a digest that a registry does not tell is made from what it sent', async () => {
  const body = JSON.stringify({ layers: [] })
  const address = await standIn((_request, response) => response.writeHead(200).end(body))
  const { digest } = await inspectManifest(clientOf(address), 'a', '1')
  expect(digest).toBe(`sha256:${createHash('sha256').update(body).digest('hex')}`)
})
