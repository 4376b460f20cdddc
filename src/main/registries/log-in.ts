import { PortolanError } from '../../shared/bridge/errors'
import { HUB, keyOf } from '../../shared/registries/domain'
import type { RegistryLogin } from '../../shared/registries/model'
import { eraseCredentials, listLogins, storeCredentials } from '../docker-config/credentials'
import { dockerConfigFolder } from '../docker-config/config-file'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { explainReach, wantsLogIn } from '../engine/registry-fault'

/** Longest wait for the registry's answer, through the engine. */
const CHECK_MS = 45_000

interface LogIn {
  /** `docker.io` for Docker Hub. */
  readonly domain: string
  readonly username: string
  readonly password: string
}

/**
 * Has the registry check a log-in, through the engine, and keeps it where the docker CLI does. Nothing is kept that was refused.
 * Errors: `unauthorized`, `engine-failure` when the registry cannot be reached, `timeout`; those of docker's configuration and helper.
 * Source: `POST /auth`.
 */
export async function logIn(
  engine: Engine,
  { domain, username, password }: LogIn,
  folder = dockerConfigFolder()
): Promise<RegistryLogin> {
  const doing: Doing = { operation: 'registries.logIn', subject: subjectOf(domain) }
  const limit = AbortSignal.timeout(CHECK_MS)
  const answer = await check(engine, doing, domain, {
    username,
    password,
    serveraddress: keyOf(domain),
    abortSignal: limit
  })
  const identityToken =
    typeof answer === 'object' && answer !== null && 'IdentityToken' in answer
      ? String(answer.IdentityToken)
      : ''
  await storeCredentials(
    domain,
    { username, password, ...(identityToken && { identityToken }) },
    folder
  )
  const logins = await listLogins(folder)
  return logins.find((login) => login.domain === domain) ?? { domain, username }
}

/** Forgets a log-in, as `docker logout` does. Errors: those of docker's configuration and helper. */
export async function logOut(domain: string, folder = dockerConfigFolder()): Promise<void> {
  await eraseCredentials(domain, folder)
}

async function check(
  engine: Engine,
  doing: Doing,
  domain: string,
  options: object
): Promise<unknown> {
  try {
    return await engine.do(
      doing,
      (docker) => docker.checkAuth(options) as unknown as Promise<unknown>
    )
  } catch (thrown) {
    throw explain(thrown, doing, domain)
  }
}

function explain(thrown: unknown, doing: Doing, domain: string): unknown {
  if (!(thrown instanceof PortolanError)) return thrown
  if (thrown.code === 'cancelled') {
    return new PortolanError({
      ...doing,
      code: 'timeout',
      message: `The registry ${domain} has not answered within ${CHECK_MS / 1000} s.`,
      hint: 'Is the registry up, and does the engine’s machine reach it?',
      retryable: true
    })
  }
  const words = thrown.data.engineMessage ?? ''
  if (!wantsLogIn(words)) return explainReach(thrown, domain)
  return new PortolanError(
    {
      ...thrown.data,
      code: 'unauthorized',
      message: `The registry ${domain} does not know this user with this password.`,
      hint:
        domain === HUB
          ? 'Docker Hub takes an access token in place of the password; with two-factor log-in it takes nothing else.'
          : 'Many registries want an access token in place of the password.',
      retryable: true
    },
    { cause: thrown }
  )
}

function subjectOf(domain: string): NonNullable<Doing['subject']> {
  return { kind: 'registry', name: domain }
}
