import {
  PortolanError,
  type ErrorCode,
  type ErrorData,
  type Subject
} from '../../shared/bridge/errors'

/** What was being done when a dockerode call threw. */
export interface Doing {
  /** `feature.verb`. */
  readonly operation: string
  readonly subject?: Subject
}

interface Thrown {
  readonly statusCode?: unknown
  readonly code?: unknown
  readonly json?: unknown
  readonly message?: unknown
}

const UNREACHABLE = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT'
])

/**
 * Maps what dockerode (or the socket under it) threw to our taxonomy, by HTTP status and socket code. dockerode's `reason` is
 * ignored: it says "no such container" for a missing image. The engine's own words are kept verbatim.
 */
export function mapEngineError(thrown: unknown, doing: Doing): PortolanError {
  if (thrown instanceof PortolanError) return thrown
  const { statusCode, code, json, message } = asThrown(thrown)
  const base = { operation: doing.operation, ...(doing.subject && { subject: doing.subject }) }
  if (typeof statusCode === 'number') {
    const words = engineWords(json, message)
    const data: ErrorData = {
      ...base,
      code: codeOfStatus(statusCode, words),
      message: words,
      engineMessage: words,
      statusCode,
      retryable: statusCode >= 500
    }
    return new PortolanError(data, { cause: thrown })
  }
  const words = typeof message === 'string' ? message : String(thrown)
  return new PortolanError({ ...base, ...ofSocket(code, words) }, { cause: thrown })
}

function asThrown(thrown: unknown): Thrown {
  return typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }
}

function engineWords(json: unknown, message: unknown): string {
  if (
    typeof json === 'object' &&
    json !== null &&
    'message' in json &&
    typeof json.message === 'string'
  ) {
    return json.message
  }
  // dockerode writes "(HTTP code 409) unexpected - the engine's words ".
  return typeof message === 'string'
    ? message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim()
    : 'The engine gave no reason.'
}

/** Registries answer through the engine with 500 (20.10) or 401/403: there only the text tells (seen on 20.10.24). */
const REGISTRY_REFUSAL =
  /no basic auth credentials|unauthorized|authentication required|denied: requested access/i

function codeOfStatus(statusCode: number, words: string): ErrorCode {
  if (REGISTRY_REFUSAL.test(words)) return 'unauthorized'
  if (statusCode === 400) return 'invalid-input'
  if (statusCode === 401 || statusCode === 403) return 'unauthorized'
  if (statusCode === 404) return 'not-found'
  if (statusCode === 409) return 'conflict'
  if (statusCode === 501) return 'unsupported'
  if (statusCode >= 500) return 'engine-failure'
  return 'protocol'
}

function ofSocket(
  code: unknown,
  words: string
): Pick<ErrorData, 'code' | 'message' | 'engineMessage' | 'retryable'> {
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      code: 'permission-denied',
      message: 'You may not open the engine’s socket.',
      engineMessage: words,
      retryable: false
    }
  }
  if (typeof code === 'string' && UNREACHABLE.has(code)) {
    return {
      code: 'engine-unreachable',
      message: 'The engine does not answer.',
      engineMessage: words,
      retryable: true
    }
  }
  if (code === 'ABORT_ERR' || /aborted/i.test(words))
    return { code: 'cancelled', message: 'Cancelled.', retryable: true }
  if (/socket hang up/i.test(words)) {
    return {
      code: 'engine-unreachable',
      message: 'The engine closed the connection.',
      engineMessage: words,
      retryable: true
    }
  }
  return { code: 'internal', message: words, retryable: false }
}
