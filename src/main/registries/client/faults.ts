import { z } from 'zod'
import { PortolanError, type ErrorCode } from '../../../shared/bridge/errors'
import type { Answer } from './transport'

const errorBody = z.object({
  errors: z.array(z.object({ code: z.string().optional(), message: z.string().optional() })).min(1)
})

/** What an answer that is no 2xx means. Source: distribution's HTTP API V2, errors. */
export function answerFault(answer: Answer, domain: string): PortolanError {
  const { status } = answer
  if (status === 401 || status === 403) return refused(domain, answer)
  const words = wordsOf(answer)
  const data = {
    statusCode: status,
    ...(words && { engineMessage: words }),
    retryable: status >= 500 || status === 429
  }
  const as = (code: ErrorCode, message: string, hint?: string): PortolanError =>
    new PortolanError({ ...data, code, message, ...(hint && { hint }) })
  if (status === 404)
    return as('not-found', `The registry ${domain} does not have this, or does not show it.`)
  if (status === 405)
    return as(
      'unsupported',
      `The registry ${domain} does not allow this.`,
      'A registry of Docker’s own deletes only where storage.delete.enabled (REGISTRY_STORAGE_DELETE_ENABLED) is true.'
    )
  if (status === 429)
    return as(
      'engine-failure',
      `The registry ${domain} wants no more requests for now.`,
      'Who is logged in may ask more often. Try again later.'
    )
  if (status >= 500) return as('engine-failure', `The registry ${domain} failed (HTTP ${status}).`)
  return as('protocol', `The registry ${domain} answered HTTP ${status}.`)
}

/** A registry that wants a log-in, or another one. */
export function refused(domain: string, answer: Answer): PortolanError {
  const words = wordsOf(answer)
  return new PortolanError({
    code: 'unauthorized',
    message: `The registry ${domain} wants a log-in for this.`,
    hint: 'Log in; where you are logged in, this user may not see it.',
    logInAt: domain,
    statusCode: answer.status,
    ...(words && { engineMessage: words }),
    retryable: true
  })
}

function wordsOf({ body }: Answer): string {
  try {
    const parsed = errorBody.parse(JSON.parse(body.toString('utf8')))
    return parsed.errors
      .map(({ code, message }) => [code, message].filter(Boolean).join(': '))
      .join('; ')
      .slice(0, 500)
  } catch {
    return ''
  }
}
