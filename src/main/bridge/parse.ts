import type { z } from 'zod'
import { PortolanError } from '../../shared/bridge/errors'

/** Parses what came over the bridge. Errors: `invalid-input`, naming the first field that is wrong. */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  operation: string
): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  throw new PortolanError({
    code: 'invalid-input',
    operation,
    message: `${where}${issue?.message ?? 'not valid'}`
  })
}
