import { formatCommand, quoteArgument } from '../command/quote'

/** What the command line says about a container's log. */
export interface LogsCommand {
  /** The container's name, or its id. */
  readonly container: string
  readonly follow: boolean
  readonly timestamps: boolean
  /** Absent: all lines. */
  readonly tail?: number
  readonly sinceMs?: number
  readonly untilMs?: number
}

/** The argument vector with which the docker CLI prints the same lines: `docker logs --follow --timestamps --tail 1000 web`. */
export function logsCommand(command: LogsCommand): readonly string[] {
  return [
    'docker',
    'logs',
    ...(command.follow ? ['--follow'] : []),
    ...(command.timestamps ? ['--timestamps'] : []),
    ...(command.tail === undefined ? [] : ['--tail', String(command.tail)]),
    ...(command.sinceMs === undefined ? [] : ['--since', new Date(command.sinceMs).toISOString()]),
    ...(command.untilMs === undefined ? [] : ['--until', new Date(command.untilMs).toISOString()]),
    command.container
  ]
}

/** The shell line for several containers: each log at once, for docker reads one at a time. */
export function logsLine(commands: readonly LogsCommand[]): string {
  const lines = commands.map((command) => formatCommand(logsCommand(command)))
  return lines.length === 1 ? (lines[0] ?? '') : `${lines.join(' & ')} & wait`
}

/**
 * The shell line that writes the same lines to a file. Of several containers docker writes one after the other: then each line gets its
 * container's name, and they are sorted by time.
 */
export function saveLine(
  names: readonly string[],
  options: { readonly timestamps: boolean; readonly path: string; readonly sinceMs?: number }
): string {
  const { timestamps, path, ...since } = options
  const [only] = names
  const lines = names.map((container) =>
    formatCommand(
      logsCommand({
        container,
        follow: false,
        timestamps: timestamps || names.length > 1,
        ...since
      })
    )
  )
  const target = quoteArgument(path)
  if (names.length === 1 && only !== undefined) return `${lines[0]} > ${target} 2>&1`
  const named = lines.map((line, index) => `${line} 2>&1 | sed 's/^/${names[index]} | /'`)
  return `{ ${named.join('; ')}; } | sort --stable --key=3,3 > ${target}`
}
