/** Characters that a POSIX shell reads literally anywhere in a word (so `~`, `=` at a word's start and globs are quoted). */
const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/

/**
 * One argument as a word of a POSIX shell: plain where the shell would read it unchanged, else in single quotes
 * (`it's` becomes `'it'\''s'`). Source: POSIX.1-2017 Shell Command Language, 2.2 Quoting.
 */
export function quoteArgument(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`
}

/** A command line that a POSIX shell splits back into exactly `argv`. */
export function formatCommand(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(' ')
}
