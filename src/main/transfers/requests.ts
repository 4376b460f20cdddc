import type { Readable } from 'node:stream'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

interface Request {
  readonly method: 'GET' | 'POST'
  /** With its query, every part of it encoded. */
  readonly path: string
  readonly file?: Readable
  readonly abortSignal: AbortSignal
}

/** An answer of the engine as a stream of bytes: dockerode's own calls know neither several names nor a signal. */
export function ask(engine: Engine, doing: Doing, request: Request): Promise<Readable> {
  return engine.do(
    doing,
    (docker) =>
      new Promise((resolve, reject) => {
        docker.modem.dial(
          { isStream: true, statusCodes: { 200: true }, ...request },
          (error: unknown, data: unknown) => {
            if (!error) resolve(data as Readable)
            else reject(error instanceof Error ? error : new Error('the engine cannot be asked'))
          }
        )
      })
  )
}

/** A query, as the engine reads it; docker-modem takes the last character of a path with a question mark away. */
export function queryOf(entries: readonly (readonly [name: string, value: string])[]): string {
  return `?${entries.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}&`
}
