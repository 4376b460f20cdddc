import { z } from 'zod'
import { PortolanError } from '../../../shared/bridge/errors'
import { HUB } from '../../../shared/registries/domain'
import type { RegistryAuth } from '../../docker-config/credentials'
import { reachFault } from '../../engine/registry-fault'
import { parseChallenge, type Challenge } from './challenge'
import { answerFault, refused } from './faults'
import { Transport, type Answer, type Trust } from './transport'

interface Request {
  readonly method?: 'GET' | 'HEAD' | 'DELETE'
  /** Below the registry's root, such as `/v2/_catalog?n=100`. */
  readonly path: string
  readonly accept?: string
}

const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() })

/**
 * One registry, spoken to by its API v2 with the log-in that docker has for it. {@link close} it. Source: distribution's HTTP API V2 and
 * token authentication. Errors of all: `unauthorized`, `not-found`, `unsupported`, `engine-failure`, `timeout`, `protocol`, `cancelled`.
 */
export class RegistryClient {
  readonly domain: string
  readonly #auth: RegistryAuth
  readonly #transport: Transport
  readonly #signal: AbortSignal
  /** The root that answered. */
  #root: URL | undefined
  #challenge: Challenge | undefined
  /** By {@link placeOf}: a token is for one scope, which only the registry names. */
  readonly #tokens = new Map<string, string>()

  constructor(domain: string, auth: RegistryAuth, trust: Trust, signal: AbortSignal) {
    this.domain = domain
    this.#auth = auth
    this.#transport = new Transport(trust)
    this.#signal = signal
  }

  close(): void {
    this.#transport.close()
  }

  /** How it wants a log-in, once it was asked for something; absent where it wants none. */
  get scheme(): Challenge['scheme'] | undefined {
    return this.#challenge?.scheme
  }

  /** The address of a path, once something was asked for. */
  urlOf(path: string): URL {
    return new URL(path, this.#root ?? `https://${hostOf(this.domain)}`)
  }

  /** Asks, shows the log-in where it is wanted, and answers a 2xx only. */
  async ask(request: Request): Promise<Answer> {
    try {
      return await this.#ask(request)
    } catch (thrown) {
      throw this.#explain(thrown)
    }
  }

  async #ask(request: Request): Promise<Answer> {
    this.#root ??= await this.#findRoot()
    let answer = await this.#send(request, this.#knownLogIn(request))
    if (answer.status === 401) {
      const challenge = parseChallenge(answer.headers['www-authenticate'])
      if (!challenge) throw answerFault(answer, this.domain)
      this.#challenge = challenge
      const logIn = await this.#logInFor(challenge, request)
      if (logIn === undefined) throw refused(this.domain, answer)
      answer = await this.#send(request, logIn)
    }
    if (answer.status >= 200 && answer.status < 300) return answer
    throw answerFault(answer, this.domain)
  }

  #send({ method = 'GET', path, accept }: Request, logIn: string | undefined): Promise<Answer> {
    return this.#transport.ask({
      method,
      url: this.urlOf(path),
      headers: {
        ...(accept !== undefined && { accept }),
        ...(logIn !== undefined && { authorization: logIn })
      },
      signal: this.#signal
    })
  }

  /** HTTPS, and plain HTTP after it where the engine would take that as well. */
  async #findRoot(): Promise<URL> {
    const host = hostOf(this.domain)
    const secure = new URL(`https://${host}`)
    try {
      await this.#probe(secure)
      return secure
    } catch (thrown) {
      if (!this.#transport.trust.insecure || this.#signal.aborted) throw thrown
      const plain = new URL(`http://${host}`)
      await this.#probe(plain)
      return plain
    }
  }

  async #probe(root: URL): Promise<void> {
    const url = new URL('/v2/', root)
    await this.#transport.ask({ method: 'GET', url, headers: {}, signal: this.#signal })
  }

  #knownLogIn(request: Request): string | undefined {
    if (this.#challenge?.scheme === 'basic') return this.#basic()
    return this.#tokens.get(placeOf(request))
  }

  async #logInFor(challenge: Challenge, request: Request): Promise<string | undefined> {
    if (challenge.scheme === 'basic') return this.#basic()
    const { realm, service = '', scope = '' } = challenge
    const logIn = `Bearer ${await this.#fetchToken(realm, service, scope)}`
    this.#tokens.set(placeOf(request), logIn)
    return logIn
  }

  #basic(): string | undefined {
    const { username, password } = this.#auth
    if (username === undefined || password === undefined) return undefined
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  }

  async #fetchToken(realm: string, service: string, scope: string): Promise<string> {
    const url = URL.canParse(realm) ? new URL(realm) : undefined
    const isSafe =
      url?.protocol === 'https:' || (url?.protocol === 'http:' && this.#transport.trust.insecure)
    // The log-in goes there: never over an open line.
    if (!url || !isSafe) throw badRealm(this.domain)
    const { identitytoken } = this.#auth
    const answer = await (identitytoken === undefined
      ? this.#tokenByGet(url, service, scope)
      : this.#tokenByPost(url, service, scope, identitytoken))
    if (answer.status === 401 || answer.status === 403) throw refused(this.domain, answer)
    if (answer.status !== 200) throw answerFault(answer, this.domain)
    const parsed = tokenAnswer.safeParse(JSON.parse(answer.body.toString('utf8')))
    const token = parsed.data?.token ?? parsed.data?.access_token
    if (token === undefined) throw badRealm(this.domain)
    return token
  }

  #tokenByGet(realm: URL, service: string, scope: string): Promise<Answer> {
    const url = new URL(realm)
    if (service) url.searchParams.set('service', service)
    for (const each of scope.split(' ').filter(Boolean)) url.searchParams.append('scope', each)
    const basic = this.#basic()
    if (basic && this.#auth['username']) url.searchParams.set('account', this.#auth['username'])
    const headers = basic ? { authorization: basic } : {}
    return this.#transport.ask({ method: 'GET', url, headers, signal: this.#signal })
  }

  #tokenByPost(url: URL, service: string, scope: string, refresh: string): Promise<Answer> {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'portolan',
      service,
      scope,
      refresh_token: refresh
    })
    return this.#transport.ask({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      signal: this.#signal
    })
  }

  #explain(thrown: unknown): unknown {
    if (this.#signal.aborted)
      return new PortolanError({ code: 'cancelled', message: 'Closed.' }, { cause: thrown })
    if (thrown instanceof PortolanError || !(thrown instanceof Error)) return thrown
    const words = wordsOf(thrown)
    const fault = reachFault(words, this.domain)
    return new PortolanError(
      {
        ...(fault ?? {
          code: 'protocol',
          message: `The registry ${this.domain} gave an answer that makes no sense.`
        }),
        // Said of the engine elsewhere: here we ask ourselves.
        ...(fault?.message.startsWith('The engine gets') && {
          message: `The registry ${this.domain} does not answer (${codeOf(thrown)}).`,
          hint: 'Portolan asks it from this machine, not from the engine’s: does this machine reach it?'
        }),
        ...(!fault && { engineMessage: words })
      },
      { cause: thrown }
    )
  }
}

/** What one token is good for, as far as can be told from outside: one way to use one repository. */
function placeOf({ method, path }: Request): string {
  const repository = path.replace(/\/(manifests|blobs|tags)\/.*$/, '')
  return `${method === 'DELETE' ? 'delete' : 'read'} ${repository}`
}

/** Docker Hub's registry bears another name than its references. */
function hostOf(domain: string): string {
  return domain === HUB ? 'registry-1.docker.io' : domain
}

function codeOf(thrown: Error): string {
  return (thrown as NodeJS.ErrnoException).code ?? thrown.message
}

/** Node says several addresses' faults as one without words. */
function wordsOf(thrown: Error): string {
  const { code } = thrown as NodeJS.ErrnoException
  const inner = thrown instanceof AggregateError ? String(thrown.errors[0]) : thrown.message
  return [code, inner].filter(Boolean).join(': ')
}

function badRealm(domain: string): PortolanError {
  return new PortolanError({
    code: 'protocol',
    message: `The registry ${domain} names no safe place to log in.`,
    hint: 'Its token service must be reached by HTTPS.'
  })
}
