import { FlagError } from './flag-error'

/**
 * The fields of one CSV record, as Go's encoding/csv reads it: a field in double quotes may hold commas, line ends and `""`. Several flags
 * of docker have such a value. Errors: {@link FlagError}.
 */
export function readCsv(text: string): string[] {
  if (text === '') throw new FlagError('it is empty')
  const fields: string[] = []
  let rest = text
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest)
    const field = quoted ? quoted[0] : (/^[^,]*/.exec(rest)?.[0] ?? '')
    rest = rest.slice(field.length)
    if (!quoted && field.includes('"')) throw new FlagError(`bare " in ${field}`)
    if (rest !== '' && !rest.startsWith(',')) throw new FlagError(`extraneous " in ${text}`)
    fields.push(quoted ? (quoted[1] ?? '').replaceAll('""', '"') : field)
    if (rest === '') return fields
    rest = rest.slice(1)
  }
}

/** The record that {@link readCsv} reads back into `fields`. */
export function writeCsv(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')
}
