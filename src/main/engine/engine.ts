import Docker from 'dockerode'
import { parseAddress } from '../../shared/engines/address'
import type { EndpointAddress } from '../../shared/engines/model'
import { mapEngineError, type Doing } from './errors'

/** The newest API that this app was written against; an older engine is spoken to in its own. */
const NEWEST_API = '1.47'

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
   * Source: `GET /_ping`, `GET /version`. Errors: `engine-unreachable`, `permission-denied`, `unsupported`.
   */
  static async connect(endpointId: string, address: EndpointAddress): Promise<Engine> {
    const doing: Doing = {
      operation: 'engines.connect',
      subject: { kind: 'endpoint', id: endpointId }
    }
    try {
      const probe = new Docker(dockerOptions(address))
      const ping = await pingHeaders(probe)
      const apiVersion = olderOf(ping.apiVersion, NEWEST_API)
      const docker = new Docker({ ...dockerOptions(address), version: `v${apiVersion}` })
      const version = await docker.version()
      return new Engine(endpointId, address, docker, {
        version: version.Version,
        apiVersion,
        os: version.Os,
        arch: version.Arch,
        builderVersion: ping.builderVersion,
        server: ping.server
      })
    } catch (thrown) {
      throw mapEngineError(thrown, doing)
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

function dockerOptions(address: EndpointAddress): Docker.DockerOptions {
  // Says why it cannot be done.
  if (address.kind === 'unsupported') return dockerOptions(parseAddress(address.text))
  // Every field is passed, so that DOCKER_HOST and friends in our environment are not merged in by docker-modem.
  if (address.kind === 'unix')
    return { socketPath: address.socketPath, host: undefined, port: undefined }
  return { host: address.host, port: address.port, protocol: 'http', socketPath: undefined }
}

interface PingHeaders {
  readonly apiVersion: string
  readonly builderVersion: string
  readonly server: string
}

/** dockerode's ping hides the headers, and they are what we need. */
function pingHeaders(docker: Docker): Promise<PingHeaders> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: '/_ping',
        method: 'GET',
        isStream: true,
        statusCodes: { 200: true, 500: 'server error' }
      },
      (error: unknown, data: unknown) => {
        if (error) {
          reject(error instanceof Error ? error : new Error('the ping failed'))
          return
        }
        const response = data as NodeJS.ReadableStream & {
          headers: Record<string, string | undefined>
        }
        response.resume()
        resolve({
          apiVersion: response.headers['api-version'] ?? NEWEST_API,
          builderVersion: response.headers['builder-version'] ?? '',
          server: response.headers['server'] ?? ''
        })
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
