import http from 'node:http'
import https from 'node:https'
import { rootCertificates } from 'node:tls'
import { PortolanError } from '../../../shared/bridge/errors'

/** Longest wait for one answer, from its start to its last byte. */
const ANSWER_MS = 30_000
/** The largest answer that is taken: a list of 100,000 tags, or the configuration of an image. */
const ANSWER_BYTES = 8 * 1024 * 1024
const MAX_REDIRECTS = 5

/** What a registry may do to be believed: as the engine holds it. */
export interface Trust {
  /** Plain HTTP, and a certificate that nobody signed, will do. */
  readonly insecure: boolean
  /** Certificates of authorities besides those of the system, in PEM. */
  readonly authorities: readonly string[]
}

export interface Ask {
  readonly method: 'GET' | 'HEAD' | 'DELETE' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

/** HTTP to one registry and to where it leads: bounded in time and bytes, and a log-in never follows to another host. */
export class Transport {
  readonly trust: Trust
  readonly #http = new http.Agent({ keepAlive: true, maxSockets: 8 })
  readonly #https: https.Agent

  constructor(trust: Trust) {
    this.trust = trust
    this.#https = new https.Agent({
      keepAlive: true,
      maxSockets: 8,
      rejectUnauthorized: !trust.insecure,
      ...(trust.authorities.length > 0 && { ca: [...rootCertificates, ...trust.authorities] })
    })
  }

  /** Closes the connections that are kept. */
  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }

  /**
   * Asks, and follows where the answer leads: only what reads is led on, the log-in stays behind at another origin, and from HTTPS
   * nothing leads to HTTP. Errors: Node's own for the socket; `protocol` for too large, too many or unsafe; `timeout`.
   */
  async ask(request: Ask): Promise<Answer> {
    let { url, headers } = request
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#once({ ...request, url, headers })
      const location = answer.headers.location
      const leads = answer.status >= 301 && answer.status <= 308 && location !== undefined
      if (!leads || request.method === 'DELETE' || request.method === 'POST') return answer
      if (redirects >= MAX_REDIRECTS || !URL.canParse(location, url.href))
        throw unsafe('it leads on and on')
      const next = new URL(location, url)
      if (
        !/^https?:$/.test(next.protocol) ||
        (url.protocol === 'https:' && next.protocol === 'http:')
      )
        throw unsafe(`it leads to ${next.protocol}//${next.host}`)
      if (next.origin !== url.origin) headers = withoutLogIn(headers)
      url = next
    }
  }

  #once({ method, url, headers, body, signal }: Ask): Promise<Answer> {
    const isSecure = url.protocol === 'https:'
    const limit = AbortSignal.timeout(ANSWER_MS)
    return new Promise((resolve, reject) => {
      const request = (isSecure ? https : http).request(url, {
        method,
        headers: { 'user-agent': 'portolan', ...headers },
        agent: isSecure ? this.#https : this.#http,
        signal: AbortSignal.any([signal, limit])
      })
      const fail = (cause: Error): void => {
        request.destroy()
        reject(limit.aborted && !signal.aborted ? late(url, cause) : cause)
      }
      request.on('error', fail)
      request.on('response', (response) => {
        const chunks: Buffer[] = []
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > ANSWER_BYTES) fail(unsafe('its answer is too large'))
          else chunks.push(chunk)
        })
        response.on('error', fail)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks)
          })
        )
      })
      request.end(body)
    })
  }
}

function withoutLogIn(headers: Ask['headers']): Ask['headers'] {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name))
  )
}

function unsafe(why: string): PortolanError {
  return new PortolanError({
    code: 'protocol',
    message: `The registry’s answer is not taken: ${why}.`
  })
}

function late(url: URL, cause: Error): PortolanError {
  return new PortolanError(
    {
      code: 'timeout',
      message: `${url.host} has not answered within ${ANSWER_MS / 1000} s.`,
      retryable: true
    },
    { cause }
  )
}
