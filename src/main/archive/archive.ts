import type { Readable } from 'node:stream'
import type Docker from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { ByteText } from '../../shared/files/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { nameText } from '../tar/names'

/** A file of a container, and what is done with it. */
export interface Place {
  readonly containerId: string
  readonly path: ByteText
}

/** What the engine says of a path; the link itself where it is one. */
export interface ArchiveStat {
  readonly sizeBytes: number
  /** Go's `os.FileMode`. */
  readonly goMode: number
  readonly modifiedAtMs: number
  /** Where a link leads in the end, absolute in the container; empty for all else. */
  readonly linkTarget: ByteText
}

/** Source: `HEAD /containers/{id}/archive`. Errors: `not-found`, `engine-failure` for a loop of links. */
export async function statArchive(
  engine: Engine,
  operation: string,
  place: Place
): Promise<ArchiveStat> {
  const response = await ask(engine, operation, place, { method: 'HEAD' })
  response.resume()
  const header = response.headers['x-docker-container-path-stat']
  const told = JSON.parse(Buffer.from(String(header), 'base64').toString('utf8')) as {
    size: number
    mode: number
    mtime: string
    linkTarget: string
  }
  return {
    sizeBytes: told.size,
    goMode: told.mode,
    modifiedAtMs: Math.floor(Date.parse(told.mtime) / 1000) * 1000,
    linkTarget: Buffer.from(told.linkTarget, 'utf8').toString('latin1')
  }
}

/**
 * The tar of all that is at a path and below it. While it is read the engine answers nothing else about this container (it holds
 * the container's lock), so read it through, or destroy it, without delay.
 * Source: `GET /containers/{id}/archive`. Errors: `not-found`.
 */
export function getArchive(
  engine: Engine,
  operation: string,
  place: Place,
  signal: AbortSignal
): Promise<Readable> {
  return ask(engine, operation, place, { method: 'GET', abortSignal: signal })
}

/**
 * Unpacks a tar in a folder of the container, owners by number as the tar has them; a file never takes a folder's place.
 * Source: `PUT /containers/{id}/archive`. Errors: `not-found` (no such folder), `conflict` (read-only).
 */
export async function putArchive(
  engine: Engine,
  operation: string,
  place: Place,
  tar: Readable | Buffer,
  signal: AbortSignal
): Promise<void> {
  const answer = await ask(engine, operation, place, {
    method: 'PUT',
    file: tar,
    abortSignal: signal,
    query: '&noOverwriteDirNonDir=true'
  })
  answer.resume()
}

interface Request {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  readonly file?: Readable | Buffer
  readonly abortSignal?: AbortSignal
  readonly query?: string
}

type Response = Readable & { readonly headers: Record<string, string | undefined> }

/** dockerode would write the path as UTF-8, and it need not be. */
async function ask(
  engine: Engine,
  operation: string,
  place: Place,
  { query = '', ...request }: Request
): Promise<Response> {
  const doing: Doing = { operation, subject: { kind: 'container', id: place.containerId } }
  // docker-modem takes the last character of a path with a question mark away.
  const path = `/containers/${place.containerId}/archive?path=${encodePath(place.path)}${query}&`
  try {
    return await engine.do(doing, (docker) => dial(docker, { ...request, path }))
  } catch (thrown) {
    throw await explain(engine, doing, place, request.method, thrown)
  }
}

function dial(docker: Docker, options: Request & { readonly path: string }): Promise<Response> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      { isStream: true, statusCodes: { 200: true }, ...options },
      (error: unknown, data: unknown) => {
        if (!error) resolve(data as Response)
        else reject(error instanceof Error ? error : new Error('the engine cannot be asked'))
      }
    )
  })
}

function encodePath(path: ByteText): string {
  return path.replaceAll(
    /[^A-Za-z0-9/._~-]/gs,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  )
}

/** What a refusal means, where the engine's status alone does not tell. */
async function explain(
  engine: Engine,
  doing: Doing,
  { containerId, path }: Place,
  method: Request['method'],
  thrown: unknown
): Promise<unknown> {
  if (!(thrown instanceof PortolanError) || thrown.data.statusCode === undefined) return thrown
  const name = nameText(path.replace(/(.)\/+$/, '$1'))
  const found = await inspect(engine, doing, containerId)
  if (found === 'gone') {
    return new PortolanError({
      ...thrown.data,
      code: 'not-found',
      message: 'The container is gone.',
      hint: 'Choose another one in the list.'
    })
  }
  if (found === undefined) return thrown
  const subject = { kind: 'file', name } as const
  if (thrown.code === 'not-found') {
    return new PortolanError({
      ...thrown.data,
      subject,
      message: `“${name}” is not there.`,
      hint: found.running
        ? 'Read its folder again. What only exists in the running container (/proc, /sys, a tmpfs) cannot be copied by the engine: use a shell.'
        : 'Read its folder again. What only exists while the container runs (/proc, /sys, a tmpfs) is not there now.'
    })
  }
  if (method === 'PUT' && found.readOnly) {
    return new PortolanError({
      ...thrown.data,
      code: 'conflict',
      subject,
      retryable: false,
      message: 'This container’s file system, or this mount of it, is read-only.',
      hint: 'Copy into a writable volume of it, or make the container again without read-only.'
    })
  }
  if (thrown.data.statusCode === 500) {
    return new PortolanError({
      ...thrown.data,
      code: 'invalid-input',
      subject,
      retryable: false,
      message:
        method === 'PUT'
          ? `Nothing could be copied to “${name}”.`
          : `“${name}” cannot be opened: a part of it is no folder, or its links lead in a circle.`
    })
  }
  return thrown
}

/** Whether the container runs, and whether a part of it is read-only; undefined where the engine does not say. */
async function inspect(
  engine: Engine,
  doing: Doing,
  containerId: string
): Promise<{ readonly running: boolean; readonly readOnly: boolean } | 'gone' | undefined> {
  try {
    const { State, HostConfig, Mounts } = await engine.do(doing, (docker) =>
      docker.getContainer(containerId).inspect()
    )
    const readOnly = HostConfig.ReadonlyRootfs === true || Mounts.some(({ RW }) => !RW)
    return { running: State.Running, readOnly }
  } catch (thrown) {
    return thrown instanceof PortolanError && thrown.code === 'not-found' ? 'gone' : undefined
  }
}
