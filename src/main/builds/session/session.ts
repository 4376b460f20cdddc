import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http2'
import type { Duplex } from 'node:stream'
import type { Engine } from '../../engine/engine'
import { answer, methodsOf, type SessionOffer } from './services'

type Docker = Engine['docker']

/** A BuildKit session: the line back by which the engine asks the client for credentials, secrets and the SSH agent. */
export interface BuildSession {
  readonly id: string
  /** Ends it. Must be called when the build has ended, however it ended. */
  close(): void
}

const NOTHING: SessionOffer = { secrets: new Map() }

/**
 * Opens a session: `POST /session` becomes a connection on which the engine is the gRPC client and we the server. Ours and not
 * dockerode's, which leaves its connection open when a build is cancelled. Errors: what dockerode throws; 404 where the engine has no
 * BuildKit. Source: Engine API 1.39+ `POST /session` (experimental), moby/buildkit `session/auth/auth.proto`.
 */
export async function openSession(
  docker: Docker,
  offer: SessionOffer,
  signal?: AbortSignal
): Promise<BuildSession> {
  const id = randomUUID()
  const socket = await hijack(docker, id, offer, signal)
  const server = createServer()
  server.on('stream', (stream, headers) => answer(stream, headers, offer))
  // A connection that breaks fails the build itself, and is told there.
  server.on('sessionError', () => undefined)
  socket.on('error', () => undefined)
  server.emit('connection', socket)
  return { id, close: () => socket.destroy() }
}

/** True where the engine lets us open a session, which means that it has BuildKit. Errors: what dockerode throws, but 404. */
export async function hasSessions(docker: Docker): Promise<boolean> {
  try {
    const socket = await hijack(docker, randomUUID(), NOTHING)
    socket.destroy()
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** An engine without the endpoint answers some 4xx or 5xx; a connection that fails has no status. */
function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'statusCode' in error
}

function hijack(
  docker: Docker,
  id: string,
  offer: SessionOffer,
  signal?: AbortSignal
): Promise<Duplex> {
  const options = {
    path: '/session',
    method: 'POST',
    hijack: true,
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'portolan',
      'X-Docker-Expose-Session-Grpc-Method': methodsOf(offer)
    },
    statusCodes: { 101: true },
    ...(signal && { abortSignal: signal })
  }
  return new Promise((resolve, reject) => {
    docker.modem.dial(options, (error: unknown, socket: unknown) => {
      if (error) reject(error instanceof Error ? error : new Error('the engine gave no session'))
      else resolve(socket as Duplex)
    })
  })
}
