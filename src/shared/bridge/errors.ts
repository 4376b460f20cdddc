/**
 * What went wrong, as plain data that survives every boundary. The word for each kind of fault is one of these codes; how to
 * choose it: by the HTTP status and by the call that we made, never by the engine's prose.
 *
 * - `invalid-input`: the input broke its schema, or the engine answered 400
 * - `not-found`: 404, or a path that is not there
 * - `conflict`: 409: name taken, in use, not running
 * - `permission-denied`: we may not open the engine's socket or a local file
 * - `unauthorized`: a registry wants a log-in
 * - `engine-unreachable`: nobody answers at the endpoint
 * - `unsupported`: this engine's API, or this system, cannot do it
 * - `stream-failed`: an error line inside a 200 progress stream
 * - `process-exit`: a process ended with a code that is not 0
 * - `timeout`, `cancelled`
 * - `engine-failure`: the engine answered 5xx
 * - `protocol`: a bad frame, bad JSON, a stream cut in the middle
 * - `internal`: our bug
 */
export type ErrorCode =
  | 'invalid-input'
  | 'not-found'
  | 'conflict'
  | 'permission-denied'
  | 'unauthorized'
  | 'engine-unreachable'
  | 'unsupported'
  | 'stream-failed'
  | 'process-exit'
  | 'timeout'
  | 'cancelled'
  | 'engine-failure'
  | 'protocol'
  | 'internal'

/** What an operation was done to. */
export interface Subject {
  readonly kind:
    | 'container'
    | 'image'
    | 'network'
    | 'volume'
    | 'endpoint'
    | 'file'
    | 'task'
    | 'exec'
    | 'registry'
  readonly id?: string
  /** The name that the person knows it by. */
  readonly name?: string
}

/** The plain-data form of an error: what crosses the bridge and what the window shows. */
export interface ErrorData {
  readonly code: ErrorCode
  /** What happened, in the user's words. */
  readonly message: string
  /** What to do next, if anything helps. */
  readonly hint?: string
  /** The engine's own words, verbatim. */
  readonly engineMessage?: string
  /** `feature.verb`, such as `containers.stop`. */
  readonly operation?: string
  readonly subject?: Subject
  readonly statusCode?: number
  readonly exitCode?: number
  /** 1-based line of the Dockerfile (or other file) that the fault points at. */
  readonly line?: number
  /** The registry that may give what it refused to who is logged in; `docker.io` for Docker Hub. */
  readonly logInAt?: string
  readonly retryable?: boolean
}

/** The one error type of the app: an Error that carries its {@link ErrorData}. */
export class PortolanError extends Error {
  override readonly name = 'PortolanError'
  readonly data: ErrorData

  constructor(data: ErrorData, options?: { cause?: unknown }) {
    super(data.message, options)
    this.data = data
  }

  get code(): ErrorCode {
    return this.data.code
  }
}

/**
 * Any thrown value as {@link ErrorData}. What is not ours is our bug: code `internal`, its message kept.
 */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof PortolanError) return thrown.data
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { code: 'internal', message }
}

/** The answer of every call: plain data, so that no field is lost on the way. */
export type Envelope<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData }
