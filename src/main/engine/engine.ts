import { Agent } from 'node:http'
import Docker from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import { parseAddress } from '../../shared/engines/address'
import type { EndpointAddress } from '../../shared/engines/model'
import { mapEngineError, type Doing } from './errors'

/** The newest API that this app was written against; an older engine is spoken to in its own. */
const NEWEST_API = '1.47'

/** Longest wait for an endpoint's first answers; an engine that works gives them in milliseconds. */
const CONNECT_MS = 10_000

/**
 * For engines at a distance. TCP alone never tells that a host has gone without a word, and the event stream is silent for hours:
 * after so long without bytes the system asks the other end. Otherwise as Node's own agent, which pools sockets for five seconds.
 */
const tcpAgent = new Agent({
  keepAlive: true,
  keepAliveMsecs: 15_000,
  scheduling: 'lifo',
  timeout: 5000
})

/** What `/version` told about an engine when we connected. */
export interface EngineInfo {
  readonly version: string
  /** The API version that we speak to it: the older of its newest and ours. */
  readonly apiVersion: string
  readonly os: string
  readonly arch: string
  /** `Builder-Version` of `/_ping`, or empty where the engine sends none (20.10). */
  readonly builderVersion: string
  /** Server header of `/_ping`, such as `Docker/20.10.24 (linux)`. */
  readonly server: string
}

/** What a verb of ours changed without an event of the engine: one object, or any of its kind. */
export interface SilentChange {
  readonly table: 'containers' | 'images'
  readonly id?: string
}

/**
 * One endpoint's engine, spoken to through dockerode. Features run their verbs through {@link Engine.do}, which maps every
 * failure to our errors. No Electron here: plain Node runs and tests it.
 */
export class Engine {
  readonly endpointId: string
  readonly address: EndpointAddress
  readonly docker: Docker
  readonly info: EngineInfo
  private readonly listeners = new Set<(change: SilentChange) => void>()

  private constructor(
    endpointId: string,
    address: EndpointAddress,
    docker: Docker,
    info: EngineInfo
  ) {
    this.endpointId = endpointId
    this.address = address
    this.docker = docker
    this.info = info
  }

  /**
   * Pings the endpoint, agrees on an API version, and answers an engine ready to use.
   * Source: `GET /_ping`, `GET /version`. Errors: `engine-unreachable`, `permission-denied`, `unsupported`, `timeout` after
   * `limitMs`.
   */
  static async connect(
    endpointId: string,
    address: EndpointAddress,
    limitMs = CONNECT_MS
  ): Promise<Engine> {
    const doing: Doing = {
      operation: 'engines.connect',
      subject: { kind: 'endpoint', id: endpointId }
    }
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), limitMs)
    try {
      const probe = new Docker(dockerOptions(address))
      const ping = await pingHeaders(probe, limit.signal)
      const apiVersion = olderOf(ping.apiVersion, NEWEST_API)
      const docker = new Docker({ ...dockerOptions(address), version: `v${apiVersion}` })
      const version = await versionOf(docker, limit.signal)
      return new Engine(endpointId, address, docker, {
        version: version.Version,
        apiVersion,
        os: version.Os,
        arch: version.Arch,
        builderVersion: ping.builderVersion,
        server: ping.server
      })
    } catch (thrown) {
      throw limit.signal.aborted
        ? connectTimeout(doing, limitMs, thrown)
        : mapEngineError(thrown, doing)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Tells the mirror of a change that the engine sends no event for. */
  announce(change: SilentChange): void {
    for (const listener of this.listeners) listener(change)
  }

  /** Calls `listener` with each {@link announce}d change. Answers how to stop. */
  onSilentChange(listener: (change: SilentChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Runs one dockerode call (or several) and throws only {@link PortolanError}s. */
  async do<T>(doing: Doing, run: (docker: Docker) => Promise<T>): Promise<T> {
    try {
      return await run(this.docker)
    } catch (thrown) {
      throw mapEngineError(thrown, doing)
    }
  }
}

function connectTimeout(doing: Doing, limitMs: number, cause: unknown): PortolanError {
  return new PortolanError(
    {
      ...doing,
      code: 'timeout',
      message: `The engine has not answered within ${limitMs / 1000} s.`,
      hint: 'It may be busy or stuck: its log tells. Portolan tries again by itself.',
      retryable: true
    },
    { cause }
  )
}

/** docker-modem takes an agent; dockerode's types leave it out. */
function dockerOptions(address: EndpointAddress): Docker.DockerOptions & { agent?: Agent } {
  // Says why it cannot be done.
  if (address.kind === 'unsupported') return dockerOptions(parseAddress(address.text))
  // Every field is passed, so that DOCKER_HOST and friends in our environment are not merged in by docker-modem.
  if (address.kind === 'unix')
    return { socketPath: address.socketPath, host: undefined, port: undefined }
  return {
    host: address.host,
    port: address.port,
    protocol: 'http',
    socketPath: undefined,
    agent: tcpAgent
  }
}

interface PingHeaders {
  readonly apiVersion: string
  readonly builderVersion: string
  readonly server: string
}

/** dockerode's ping hides the headers, and they are what we need. */
async function pingHeaders(docker: Docker, abortSignal: AbortSignal): Promise<PingHeaders> {
  const response = (await dial(docker, {
    path: '/_ping',
    isStream: true,
    abortSignal
  })) as NodeJS.ReadableStream & { headers: Record<string, string | undefined> }
  // An answer that is cut off says nothing new: the next one tells.
  response.on('error', () => undefined)
  response.resume()
  return {
    apiVersion: response.headers['api-version'] ?? NEWEST_API,
    builderVersion: response.headers['builder-version'] ?? '',
    server: response.headers['server'] ?? ''
  }
}

/** dockerode's own takes a signal, and its types do not. */
async function versionOf(docker: Docker, abortSignal: AbortSignal): Promise<Docker.DockerVersion> {
  return (await dial(docker, { path: '/version', abortSignal })) as Docker.DockerVersion
}

interface Dialled {
  readonly path: string
  readonly isStream?: boolean
  readonly abortSignal: AbortSignal
}

function dial(docker: Docker, options: Dialled): Promise<unknown> {
  const statusCodes = { 200: true, 500: 'server error' }
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      { method: 'GET', statusCodes, ...options },
      (error: unknown, data: unknown) => {
        if (!error) resolve(data)
        else reject(error instanceof Error ? error : new Error('the engine cannot be asked'))
      }
    )
  })
}

/** The older of two `major.minor` API versions. */
export function olderOf(a: string, b: string): string {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number)
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number)
  return aMajor < bMajor || (aMajor === bMajor && aMinor <= bMinor) ? a : b
}
