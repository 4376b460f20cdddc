import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer as createHttp2Server, type ClientHttp2Session } from 'node:http2'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { decodeBytes, encodeBytes, frame, FrameReader } from './messages'
import { answer, methodsOf, type SessionOffer } from './services'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

/** The engine's end of a session that offers this. */
async function session(offer: SessionOffer): Promise<ClientHttp2Session> {
  const server = createHttp2Server()
  server.on('stream', (stream, headers) => answer(stream, headers, offer))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  ends.push(() => client.destroy())
  return client
}

interface Answered {
  readonly status: string | undefined
  readonly data: string
}

/** Calls a method with these messages, and reads all that comes back. */
function ask(
  client: ClientHttp2Session,
  path: string,
  messages: readonly Uint8Array[],
  headers: Readonly<Record<string, string>> = {}
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const stream = client.request({ ':method': 'POST', ':path': path, ...headers })
    const reader = new FrameReader()
    let status: string | undefined
    let data = ''
    const note = (fields: { readonly 'grpc-status'?: string }): void => {
      if (fields['grpc-status'] !== undefined) status = fields['grpc-status']
    }
    stream.on('response', note)
    stream.on('trailers', note)
    stream.on('data', (piece: Uint8Array) => {
      for (const message of reader.push(piece)) data += Buffer.from(decodeBytes(message)).toString()
    })
    stream.on('error', reject)
    stream.on('close', () => resolve({ status, data }))
    for (const message of messages) stream.write(frame(message))
    stream.end()
  })
}

const SECRET = '/moby.buildkit.secrets.v1.Secrets/GetSecret'
const CHECK = '/moby.sshforward.v1.SSH/CheckAgent'
const FORWARD = '/moby.sshforward.v1.SSH/ForwardAgent'
// An id is field 1 as the data of a BytesMessage is.
const id = (text: string): Uint8Array => encodeBytes(Buffer.from(text))

it('gives the secrets that are offered, and says of others that they are not there', async () => {
  const client = await session({ secrets: new Map([['one', Buffer.from('s3cr3t')]]) })
  expect(await ask(client, SECRET, [id('one')])).toEqual({ status: '0', data: 's3cr3t' })
  expect(await ask(client, SECRET, [id('two')])).toEqual({ status: '5', data: '' })
})

it('offers no method that is not asked for', async () => {
  expect(methodsOf({ secrets: new Map() })).toEqual(['/moby.filesync.v1.Auth/Credentials'])
  const client = await session({ secrets: new Map() })
  expect((await ask(client, CHECK, [id('')])).status).toBe('5')
  expect((await ask(client, FORWARD, [])).status).toBe('5')
  expect((await ask(client, '/no.such/Method', [])).status).toBe('12')
})

/** An agent that answers everything it hears with a long word. */
async function agent(heard: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-agent-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', (piece) => heard.push(piece.toString()))
    socket.on('end', () => socket.end('y'.repeat(300_000)))
  })
  const path = join(folder, 'agent.sock')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  ends.push(() => server.close())
  return path
}

it('carries what the engine and the SSH agent say to each other, both ways', async () => {
  const heard: string[] = []
  const client = await session({ secrets: new Map(), sshAgent: await agent(heard) })
  expect((await ask(client, CHECK, [id('default')])).status).toBe('0')
  expect((await ask(client, CHECK, [id('other')])).status).toBe('5')
  const words = ['hello ', 'agent'].map((word) => encodeBytes(Buffer.from(word)))
  const answered = await ask(client, FORWARD, words, { 'buildkit.ssh.id': 'default' })
  expect(heard.join('')).toBe('hello agent')
  expect(answered.status).toBe('0')
  expect(answered.data.length).toBe(300_000)
})

it('an agent that is gone is an error of that call, and of nothing else', async () => {
  const client = await session({ secrets: new Map(), sshAgent: '/no/such/agent.sock' })
  expect((await ask(client, FORWARD, [])).status).toBe('14')
  expect((await ask(client, CHECK, [id('')])).status).toBe('0')
})
