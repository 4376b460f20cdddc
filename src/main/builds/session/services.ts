import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import { createConnection } from 'node:net'
import { decodeBytes, decodeId, encodeBytes, frame, FrameReader } from './messages'

/** What a session offers to the engine for one build. */
export interface SessionOffer {
  readonly secrets: ReadonlyMap<string, Uint8Array>
  /** The socket of the person's SSH agent; absent where it is not offered. */
  readonly sshAgent?: string
}

const CREDENTIALS = '/moby.filesync.v1.Auth/Credentials'
const SECRET = '/moby.buildkit.secrets.v1.Secrets/GetSecret'
const CHECK_AGENT = '/moby.sshforward.v1.SSH/CheckAgent'
const FORWARD_AGENT = '/moby.sshforward.v1.SSH/ForwardAgent'

/** The one agent that is offered; what `--mount=type=ssh` means without an id. */
const DEFAULT_AGENT = 'default'

// gRPC's own codes.
const OK = 0
const NOT_FOUND = 5
const UNIMPLEMENTED = 12
const UNAVAILABLE = 14

/** The methods that the engine is told of. */
export function methodsOf({ secrets, sshAgent }: SessionOffer): string[] {
  return [
    CREDENTIALS,
    ...(secrets.size > 0 ? [SECRET] : []),
    ...(sshAgent === undefined ? [] : [CHECK_AGENT, FORWARD_AGENT])
  ]
}

/** Answers one call of the engine. */
export function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  offer: SessionOffer
): void {
  stream.on('error', () => undefined)
  const { sshAgent } = offer
  switch (headers[':path']) {
    case CREDENTIALS:
      // An empty message: no credentials, so the registry is asked anonymously.
      unary(stream, () => new Uint8Array())
      return
    case SECRET:
      unary(stream, (request) => {
        const value = offer.secrets.get(decodeId(request))
        return value ? encodeBytes(value) : NOT_FOUND
      })
      return
    case CHECK_AGENT:
      unary(stream, (request) =>
        sshAgent !== undefined && isDefault(decodeId(request)) ? new Uint8Array() : NOT_FOUND
      )
      return
    case FORWARD_AGENT:
      if (sshAgent !== undefined && isDefault(String(headers['buildkit.ssh.id'] ?? ''))) {
        forward(stream, sshAgent)
      } else refuse(stream, NOT_FOUND)
      return
    default:
      refuse(stream, UNIMPLEMENTED)
  }
}

function isDefault(id: string): boolean {
  return id === '' || id === DEFAULT_AGENT
}

const REPLY = { ':status': 200, 'content-type': 'application/grpc' }

function refuse(stream: ServerHttp2Stream, status: number): void {
  stream.resume()
  stream.respond({ ...REPLY, 'grpc-status': String(status) }, { endStream: true })
}

/** One message in, one out, or a status that is no success. */
function unary(
  stream: ServerHttp2Stream,
  handle: (request: Uint8Array) => Uint8Array | number
): void {
  const reader = new FrameReader()
  const messages: Uint8Array[] = []
  stream.on('data', (piece: Uint8Array) => messages.push(...reader.push(piece)))
  stream.on('end', () => {
    const answered = handle(messages[0] ?? new Uint8Array())
    if (typeof answered === 'number') {
      stream.respond({ ...REPLY, 'grpc-status': String(answered) }, { endStream: true })
      return
    }
    respondWithTrailers(stream, () => OK)
    stream.end(frame(answered))
  })
}

function respondWithTrailers(stream: ServerHttp2Stream, status: () => number): void {
  stream.respond(REPLY, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status()) }))
}

/** Carries bytes between the engine and the agent, as long as both want. */
function forward(stream: ServerHttp2Stream, socketPath: string): void {
  const reader = new FrameReader()
  const agent = createConnection(socketPath)
  let status = OK
  respondWithTrailers(stream, () => status)
  agent.on('error', () => {
    status = UNAVAILABLE
    stream.end()
  })
  agent.on('data', (piece: Uint8Array) => {
    if (stream.write(frame(encodeBytes(piece)))) return
    agent.pause()
    stream.once('drain', () => agent.resume())
  })
  agent.on('end', () => stream.end())
  stream.on('data', (piece: Uint8Array) => {
    for (const message of reader.push(piece)) agent.write(decodeBytes(message))
  })
  stream.on('end', () => agent.end())
  stream.on('close', () => agent.destroy())
}
