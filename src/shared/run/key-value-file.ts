/** Why a file of `NAME=value` lines cannot be read. */
export class KeyValueFileError extends Error {
  override readonly name = 'KeyValueFileError'
}

/**
 * The `NAME=value` lines of an --env-file or --label-file. Quotes mean nothing, a value reaches to the line's end, a line that begins with `#`
 * is a comment; a name alone gets its value from `lookUp`, and is left out where that has none.
 * Errors: {@link KeyValueFileError}. Source: docker/cli `pkg/kvfile/kvfile.go`.
 */
export function readKeyValueFile(
  text: string,
  lookUp: (name: string) => string | undefined
): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  return lines.flatMap((given) => {
    const line = given.trimStart()
    if (line === '' || line.startsWith('#')) return []
    const at = line.indexOf('=')
    const name = at < 0 ? line : line.slice(0, at)
    if (name === '') throw new KeyValueFileError(`no variable name on line '${line}'`)
    if (/[ \t]/.test(name)) throw new KeyValueFileError(`variable '${name}' contains whitespaces`)
    if (at >= 0) return [line]
    const value = lookUp(name)
    return value === undefined ? [] : [`${name}=${value}`]
  })
}
