import { stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import { mapEngineError } from '../engine/errors'
import { formatNs, type Line } from './line'
import { LineReader } from './line-reader'
import { parseStamp } from './stamp'

/** What decides how a container's log is read. */
export interface LogFacts {
  readonly name: string
  /** Its log has no frames. */
  readonly isTty: boolean
  readonly driver: string
  /** The engine leaves its files for new ones, and a follower then gets lines twice, or not at all (20.10). */
  readonly isRotated: boolean
  readonly isRunning: boolean
  readonly startedAtNs: bigint
  readonly finishedAtNs: bigint
  readonly exitCode: number
  /** Where the engine keeps it, on the engine's machine; empty where it says nothing. */
  readonly path: string
}

/** Which lines to read. Times are nanoseconds since the epoch, both ends included. */
export interface LogRange {
  readonly follow: boolean
  /** The last so many entries; all when absent. */
  readonly tail?: number | undefined
  readonly sinceNs?: bigint | undefined
  readonly untilNs?: bigint | undefined
}

/** Reads what decides how a log is read. Source: `GET /containers/{id}/json`. Errors: `not-found`. */
export async function inspectLog(engine: Engine, id: string): Promise<LogFacts> {
  const info = await engine.do(doing(id), (docker) => docker.getContainer(id).inspect())
  return {
    name: info.Name.replace(/^\//, ''),
    isTty: info.Config.Tty,
    driver: info.HostConfig.LogConfig?.Type ?? '',
    isRotated:
      info.HostConfig.LogConfig?.Type === 'local' ||
      'max-size' in (info.HostConfig.LogConfig?.Config ?? {}),
    isRunning: info.State.Running,
    startedAtNs: timeOf(info.State.StartedAt),
    finishedAtNs: timeOf(info.State.FinishedAt),
    exitCode: info.State.ExitCode,
    path: info.LogPath
  }
}

/**
 * Bytes of the log's files, the rotated ones included. Undefined where it cannot be told: the API does not, and its files are only
 * seen where the engine runs on this machine and lets us look.
 */
export async function logSize(
  engine: Engine,
  { path, driver }: LogFacts
): Promise<number | undefined> {
  if (engine.address.kind !== 'unix' || path === '' || driver !== 'json-file') return undefined
  let bytes: number | undefined
  for (let rotated = 0; ; rotated += 1) {
    const file = await stat(rotated === 0 ? path : `${path}.${rotated}`).catch(() => undefined)
    if (!file?.isFile()) return bytes
    bytes = (bytes ?? 0) + file.size
  }
}

/**
 * Opens a log with the engine's times; the reader must read it to its end or destroy it.
 * Source: `GET /containers/{id}/logs`. Errors: `not-found`, `unsupported` (a log driver that cannot be read).
 */
export async function openLog(engine: Engine, id: string, range: LogRange): Promise<Readable> {
  try {
    return await engine.do(doing(id), (docker) => {
      // dockerode's own reads a log that it does not follow into memory, whole.
      const options = {
        stdout: '1',
        stderr: '1',
        timestamps: '1',
        follow: range.follow ? '1' : '0',
        tail: range.tail === undefined ? 'all' : String(range.tail),
        ...(range.sinceNs !== undefined && { since: formatNs(range.sinceNs) }),
        ...(range.untilNs !== undefined && { until: formatNs(range.untilNs) })
      }
      return new Promise<Readable>((resolve, reject) => {
        docker.modem.dial(
          {
            method: 'GET',
            path: `/containers/${id}/logs?`,
            options,
            isStream: true,
            statusCodes: { 200: true, 404: 'no such container', 500: 'server error' }
          },
          (error: unknown, answer: unknown) => {
            if (!error) resolve(answer as IncomingMessage)
            else reject(error instanceof Error ? error : new Error('the log cannot be read'))
          }
        )
      })
    })
  } catch (thrown) {
    throw explained(thrown)
  }
}

/**
 * Reads lines that are there already, in the engine's order, as fast as they are taken.
 * Errors: those of {@link openLog}, `cancelled`, `engine-unreachable` when it is cut.
 */
export async function* readLines(
  engine: Engine,
  container: { readonly id: string; readonly isTty: boolean },
  range: Omit<LogRange, 'follow'>,
  signal: AbortSignal
): AsyncGenerator<Line[]> {
  const stream = await openLog(engine, container.id, { ...range, follow: false })
  const stop = (): void => void stream.destroy()
  signal.addEventListener('abort', stop, { once: true })
  const reader = new LineReader(container.isTty)
  try {
    if (signal.aborted) throw cancelled()
    for await (const chunk of stream) yield reader.push(chunk as Buffer)
    yield reader.flush()
  } catch (thrown) {
    if (signal.aborted) throw cancelled()
    throw mapEngineError(thrown, doing(container.id))
  } finally {
    signal.removeEventListener('abort', stop)
    stream.destroy()
  }
  if (signal.aborted) throw cancelled()
}

/** The first line that the engine still has; undefined for an empty log. */
export async function readFirstLine(
  engine: Engine,
  container: { readonly id: string; readonly isTty: boolean },
  sinceNs: bigint | undefined
): Promise<Line | undefined> {
  const stream = await openLog(engine, container.id, { follow: false, sinceNs })
  const reader = new LineReader(container.isTty)
  try {
    for await (const chunk of stream) {
      const [line] = reader.push(chunk as Buffer)
      if (line) return line
    }
    return reader.flush()[0]
  } finally {
    stream.destroy()
  }
}

function explained(thrown: unknown): unknown {
  if (!(thrown instanceof PortolanError) || thrown.data.statusCode !== 501) return thrown
  return new PortolanError(
    {
      ...thrown.data,
      code: 'unsupported',
      message: 'The log driver of this container keeps nothing that can be read.',
      hint: 'Make the container again with a driver that does, such as --log-driver json-file. What it prints can be seen by attaching to it.',
      retryable: false
    },
    { cause: thrown }
  )
}

function cancelled(): PortolanError {
  return new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
}

function doing(id: string): Parameters<Engine['do']>[0] {
  return { operation: 'logs.view', subject: { kind: 'container', id } }
}

function timeOf(stamp: string): bigint {
  return parseStamp(Buffer.from(stamp)) ?? 0n
}
