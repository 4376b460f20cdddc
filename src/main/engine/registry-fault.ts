import { PortolanError, type ErrorData } from '../../shared/bridge/errors'

/** The same for whoever speaks to a registry, us or the engine: what is wrong with the way to it. */
type ReachFault = 'http-only' | 'certificate' | 'expired' | 'rate' | 'unreachable'

/** Go's words, and Node's codes. The first that fits is meant. */
const WORDS: readonly (readonly [RegExp, ReachFault])[] = [
  [/server gave HTTP response|EPROTO|wrong version number|packet length too long/i, 'http-only'],
  [/certificate has expired|CERT_HAS_EXPIRED|not yet valid/i, 'expired'],
  [
    /x509|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS_CERT|certificate|tls: failed to verify/i,
    'certificate'
  ],
  [/toomanyrequests|too many requests|rate limit/i, 'rate'],
  [
    /dial tcp|connection re(fused|set)|broken pipe|no such host|i\/o timeout|timeout|deadline exceeded|TLS handshake|\bEOF\b|network is unreachable|ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|socket hang up|error parsing HTTP 5|50[234] /i,
    'unreachable'
  ]
]

/** Whether a registry that refuses wants a log-in, or another one. The engine says so by 500, by 404 and inside a 200 (seen on 20.10.24). */
export function wantsLogIn(words: string): boolean {
  return /no basic auth|unauthorized|authentication required|access to the resource is denied|insufficient_scope|incorrect username|status: 40[13]/i.test(
    words
  )
}

/**
 * What keeps from reaching the registry `domain`, by the words that somebody said of it; nothing where the words tell of something
 * else. The hint says what to set, and where.
 */
export function reachFault(
  words: string,
  domain: string
): Pick<ErrorData, 'code' | 'message' | 'hint' | 'retryable'> | undefined {
  const fault = WORDS.find(([pattern]) => pattern.test(words))?.[1]
  switch (fault) {
    case undefined:
      return undefined
    case 'http-only':
      return {
        code: 'engine-failure',
        message: `The registry ${domain} speaks plain HTTP, and HTTPS is wanted.`,
        hint: `If you trust the way to it: set {"insecure-registries": ["${domain}"]} in the engine’s daemon.json (/etc/docker/daemon.json on Linux) and restart the engine.`,
        retryable: true
      }
    case 'certificate':
      return {
        code: 'engine-failure',
        message: `The certificate of the registry ${domain} is not trusted: nobody known has signed it.`,
        hint: `Put its authority’s certificate on the engine’s machine as /etc/docker/certs.d/${domain}/ca.crt; no restart is needed. Only for a test: {"insecure-registries": ["${domain}"]} in the engine’s daemon.json.`,
        retryable: true
      }
    case 'expired':
      return {
        code: 'engine-failure',
        message: `The certificate of the registry ${domain} is out of date.`,
        hint: 'Whoever runs the registry must renew it; or the clock of the engine’s machine is wrong.',
        retryable: true
      }
    case 'rate':
      return {
        code: 'engine-failure',
        message: `The registry ${domain} wants no more requests for now.`,
        hint: 'Who is logged in may ask more often. Try again later.',
        retryable: true
      }
    case 'unreachable':
      return {
        code: 'engine-failure',
        message: `The engine gets no answer from the registry ${domain}.`,
        hint: 'Is the registry up, and does the engine’s machine reach it? A proxy is set at the engine, not here.',
        retryable: true
      }
  }
}

/** {@link reachFault} of what an engine's call threw; what tells of something else stays as it is. */
export function explainReach(thrown: unknown, domain: string): unknown {
  if (!(thrown instanceof PortolanError)) return thrown
  // The engine itself is away: that is no matter of a registry.
  if (thrown.code === 'engine-unreachable') return thrown
  const fault = reachFault(thrown.data.engineMessage ?? thrown.data.message, domain)
  return fault ? new PortolanError({ ...thrown.data, ...fault }, { cause: thrown }) : thrown
}
