import type { NamedValue, RunSpec } from './model'

/** One field of a spec, where its value is said and is not the one that comes by itself. */
export function optional<F extends keyof RunSpec>(
  field: F,
  value: RunSpec[F] | null,
  unless: RunSpec[F] | null
): Partial<RunSpec> {
  const isSaid = value !== undefined && value !== null && value !== '' && value !== 0
  return isSaid && value !== unless ? { [field]: value } : {}
}

export function namedOf(record: Readonly<Record<string, string>> | null | undefined): NamedValue[] {
  return Object.entries(record ?? {}).map(([name, value]) => ({ name, value }))
}
