import { quoteArgument } from '../command/quote'

/** What `docker commit --change` takes. Source: moby `builder/dockerfile/builder.go`, `validCommitCommands`. */
export const CHANGE_INSTRUCTIONS = [
  'CMD',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'ONBUILD',
  'USER',
  'VOLUME',
  'WORKDIR'
] as const

export type ChangeInstruction = (typeof CHANGE_INSTRUCTIONS)[number]

/** One `--change`: a Dockerfile's instruction on the image's configuration. */
export interface ChangeLine {
  readonly instruction: ChangeInstruction
  readonly value: string
}

/**
 * What is wrong with a line:
 * - `empty`: nothing after the instruction
 * - `newline`: more than one line
 * - `json`: begins as a JSON list and is none; the engine would run it by a shell as it stands
 * - `pair`: not `name=value`
 * - `port`: not a port, or not `port/protocol`
 * - `path`: not an absolute path
 * - `onbuild`: an instruction that ONBUILD may not hold
 */
export type ChangeFault = 'empty' | 'newline' | 'json' | 'pair' | 'port' | 'path' | 'onbuild'

/** What is wrong with a line; undefined where nothing is. The engine has the last word. */
export function faultOf({ instruction, value }: ChangeLine): ChangeFault | undefined {
  const text = value.trim()
  if (text === '') return 'empty'
  if (/[\r\n]/.test(text)) return 'newline'
  switch (instruction) {
    case 'CMD':
    case 'ENTRYPOINT':
    case 'VOLUME':
      return text.startsWith('[') && !isStringList(text) ? 'json' : undefined
    case 'ENV':
    case 'LABEL':
      // `ENV name value` is the old form, which takes all that follows.
      return /^[^\s=]+(=|\s+\S)/.test(text) ? undefined : 'pair'
    case 'EXPOSE':
      return text.split(/\s+/).every(isPort) ? undefined : 'port'
    case 'WORKDIR':
      return text.startsWith('/') || text.startsWith('$') ? undefined : 'path'
    case 'ONBUILD':
      return /^(FROM|MAINTAINER|ONBUILD)\b/i.test(text) ? 'onbuild' : undefined
    default:
      return undefined
  }
}

/** The line as the engine and the CLI take it. */
export function changeText({ instruction, value }: ChangeLine): string {
  return `${instruction} ${value.trim()}`
}

/** A value as Dockerfiles quote it: bare where it can be, else in double quotes. */
export function quoteValue(value: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(value)) return value
  return `"${value.replace(/[\\"$]/g, String.raw`\$&`)}"`
}

/** A command as an instruction's JSON form, which no shell reads. */
export function jsonForm(words: readonly string[]): string {
  return JSON.stringify(words).replaceAll('","', '", "')
}

function isStringList(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')
  } catch {
    return false
  }
}

function isPort(text: string): boolean {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(text)
  if (!match) return false
  const first = Number(match[1])
  const last = Number(match[2] ?? match[1])
  return first >= 1 && last <= 65_535 && first <= last
}

/** How to fetch files of a container into a folder beside the Dockerfile, as a shell's lines. */
export function fetchLines(container: string, paths: readonly string[]): string {
  const folders = [...new Set(paths.map((path) => `rootfs${parentOf(path)}`))].toSorted()
  return [
    ...folders.map((folder) => `mkdir -p ${quoteArgument(folder.replace(/\/$/, ''))}`),
    ...paths.map(
      (path) =>
        `docker cp ${quoteArgument(`${container}:${path}`)} ${quoteArgument(`rootfs${path}`)}`
    )
  ].join('\n')
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
