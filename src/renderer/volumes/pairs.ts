/** What was typed as pairs, one a line. */
interface ReadPairs {
  readonly pairs: Readonly<Record<string, string>>
  /** The first line that is no pair. */
  readonly fault?: string
}

/** Reads `key=value` lines, as the docker CLI takes them: a key alone has an empty value; empty lines are none. */
export function readPairs(text: string): ReadPairs {
  const pairs: Record<string, string> = {}
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const at = line.indexOf('=')
    const key = (at < 0 ? line : line.slice(0, at)).trim()
    if (key === '' || /\s/.test(key)) return { pairs, fault: line }
    pairs[key] = at < 0 ? '' : line.slice(at + 1)
  }
  return { pairs }
}
