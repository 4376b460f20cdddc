/** An object of the engine's JSON, of which nothing is known. */
export type Json = Readonly<Record<string, unknown>>

/** An object; empty where it is none. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** The objects of a list; none where it is none. */
export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(object) : []
}

/** A text; empty where it is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** The texts of a list. Old engines write a list of one as the text itself. */
export function texts(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** An object of texts. */
export function stringsOf(value: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, text(each)]))
}

/** A time as the engine writes it, under a key of ours; nothing for its year 1, which means never. */
export function time<K extends string>(key: K, value: unknown): { readonly [P in K]?: number } {
  const ms = Date.parse(text(value))
  return (Number.isNaN(ms) || ms <= 0 ? {} : { [key]: ms }) as { readonly [P in K]?: number }
}
