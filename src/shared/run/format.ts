import { formatCommand, quoteArgument } from '../command/quote'
import { FLAGS, type Flag } from './flags'
import type { RunSpec } from './model'
import { isSecretVariable } from './secret'

interface FormatOptions {
  /** Writes a variable whose name speaks of a secret without its value: the CLI then takes that from its environment. */
  readonly maskSecrets?: boolean
}

/** The words of the `docker run` that does what the spec asks for, in one canonical order; `parseRunLine` reads the same spec from them. */
export function runArgv(spec: RunSpec, options: FormatOptions = {}): string[] {
  return ['docker', 'run', ...runParts(spec, options).flat()]
}

/** The `docker run` as one line, quoted for a POSIX shell. */
export function runCommand(spec: RunSpec, options: FormatOptions = {}): string {
  return formatCommand(runArgv(spec, options))
}

/** The `docker run` with each flag on a line of its own, for people to read and to paste. */
export function runLines(spec: RunSpec, options: FormatOptions = {}): string {
  const parts = runParts(spec, options).map((words) => words.map(quoteArgument).join(' '))
  return [`docker run`, ...parts].join(' \\\n  ')
}

/** Each flag with its value, the short switches together, and the image with its command. */
function runParts(spec: RunSpec, { maskSecrets = false }: FormatOptions): string[][] {
  const shown = maskSecrets ? masked(spec) : spec
  const letters = FLAGS.filter((flag) => flag.short !== undefined && isOn(flag, shown))
  const cluster = letters.map(({ short }) => short).join('')
  const flags = FLAGS.filter((flag) => !letters.includes(flag)).flatMap((flag) =>
    words(flag, shown)
  )
  const unread = (shown.unread ?? []).map((each) => [...each.words])
  const image = [...(needsEnd(shown.image) ? ['--'] : []), shown.image, ...(shown.command ?? [])]
  return [
    ...(cluster === '' ? [] : [[`-${cluster}`]]),
    ...flags,
    ...unread,
    ...(shown.image === '' && !shown.command ? [] : [image])
  ]
}

function needsEnd(image: string): boolean {
  return image.startsWith('-')
}

function isOn(flag: Flag, spec: RunSpec): boolean {
  return flag.kind === 'switch' && flag.unset !== true && spec[flag.field] === true
}

function words(flag: Flag, spec: RunSpec): string[][] {
  const value = spec[flag.field]
  if (value === undefined) return []
  const name = `--${flag.name}`
  if (flag.kind === 'switch')
    return value === flag.unset ? [] : [[value === true ? name : `${name}=false`]]
  const values: readonly unknown[] = flag.kind === 'list' ? (value as readonly unknown[]) : [value]
  return values.map((each) => [name, flag.codec.write(each)])
}

function masked(spec: RunSpec): RunSpec {
  if (!spec.env) return spec
  const env = spec.env.map(({ name, value }) =>
    value === undefined || isSecretVariable(name, value) ? { name } : { name, value }
  )
  return { ...spec, env }
}
