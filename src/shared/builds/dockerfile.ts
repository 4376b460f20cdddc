import type { DockerfileArg, DockerfileStage } from './model'

/** One instruction; its lines are 1-based and inclusive, with comments and heredocs inside it. */
export interface DockerfileInstruction {
  /** Upper case. */
  readonly keyword: string
  /** `--from=build` and the like. */
  readonly flags: readonly string[]
  /** The rest, continuation lines joined. */
  readonly text: string
  readonly startLine: number
  readonly endLine: number
  /** Index of its stage; absent before the first FROM. */
  readonly stage?: number
}

/** A Dockerfile as its text says it; nothing is checked against what a builder knows. */
export interface Dockerfile {
  readonly syntax?: string
  readonly escape: '\\' | '`'
  readonly instructions: readonly DockerfileInstruction[]
  readonly stages: readonly DockerfileStage[]
  readonly args: readonly DockerfileArg[]
  /** Images that stages start from, defaults of global ARGs filled in, each once. */
  readonly baseImages: readonly string[]
}

interface Directives {
  readonly syntax?: string
  readonly escape: '\\' | '`'
}

/**
 * Parses a Dockerfile: directives, continuations, comments inside them, heredocs, a BOM, CRLF. Never throws: what a builder would
 * refuse is kept as it stands. Source: the Dockerfile reference, and moby/buildkit `frontend/dockerfile/parser`.
 */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const directives = readDirectives(lines)
  const instructions = withStages(readInstructions(lines, directives.escape))
  const stages = readStages(instructions)
  const args = readArgs(instructions)
  return { ...directives, instructions, stages, args, baseImages: readBaseImages(stages, args) }
}

/** Directives stand at the very top: the first line that is none ends them. Of one given twice the first holds. */
function readDirectives(lines: readonly string[]): Directives {
  let syntax: string | undefined
  let escape: '\\' | '`' = '\\'
  for (const line of lines) {
    const match = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line)
    const name = match?.[1]?.toLowerCase()
    if (name !== 'syntax' && name !== 'escape' && name !== 'check') break
    const value = match?.[2] ?? ''
    if (name === 'syntax') syntax ??= value
    if (name === 'escape' && value === '`') escape = '`'
  }
  return { ...(syntax !== undefined && { syntax }), escape }
}

function readInstructions(lines: readonly string[], escape: string): DockerfileInstruction[] {
  const instructions: DockerfileInstruction[] = []
  let index = 0
  while (index < lines.length) {
    const first = lines[index] ?? ''
    if (isBlankOrComment(first)) {
      index++
      continue
    }
    const startLine = index + 1
    let joined = ''
    let isOpen = true
    for (; isOpen && index < lines.length; index++) {
      const line = lines[index] ?? ''
      // Comments and blank lines inside a continuation belong to it and mean nothing.
      if (index >= startLine && isBlankOrComment(line)) continue
      const continued = continuation(line, escape)
      joined += continued ?? line
      isOpen = continued !== undefined
    }
    index = skipHeredocs(lines, index, joined)
    instructions.push(toInstruction(joined, startLine, index))
  }
  return instructions
}

function isBlankOrComment(line: string): boolean {
  return /^\s*(#|$)/.test(line)
}

/** The line without its escape at the end, or nothing where it does not go on. */
function continuation(line: string, escape: string): string | undefined {
  const trimmed = line.trimEnd()
  return trimmed.endsWith(escape) ? trimmed.slice(0, -1) : undefined
}

const HEREDOC = /<<(-?)\s*(["']?)([A-Za-z_][A-Za-z0-9_.]*)\2/g

/** The index of the line after the instruction's heredocs; a heredoc without an end is no heredoc. */
function skipHeredocs(lines: readonly string[], from: number, instruction: string): number {
  if (!/^\s*(RUN|COPY|ADD|ONBUILD)\s/i.test(instruction)) return from
  let index = from
  for (const [, dash, , word] of instruction.matchAll(HEREDOC)) {
    const isEnd = (line: string): boolean => (dash ? line.replace(/^\t+/, '') : line) === word
    const end = lines.findIndex((line, at) => at >= index && isEnd(line))
    if (end >= 0) index = end + 1
  }
  return index
}

function toInstruction(joined: string, startLine: number, endLine: number): DockerfileInstruction {
  const [, keyword = '', rest = ''] = /^\s*(\S+)\s*([^]*)$/.exec(joined) ?? []
  const flags: string[] = []
  let text = rest.trim()
  for (let flag; (flag = /^(--[a-z][a-z-]*(?:=\S*)?)(?:\s+|$)/.exec(text));) {
    flags.push(flag[1] ?? '')
    text = text.slice(flag[0].length)
  }
  return { keyword: keyword.toUpperCase(), flags, text, startLine, endLine }
}

function withStages(instructions: readonly DockerfileInstruction[]): DockerfileInstruction[] {
  let stage = -1
  return instructions.map((instruction) => {
    if (instruction.keyword === 'FROM') stage++
    return stage < 0 ? instruction : { ...instruction, stage }
  })
}

function readStages(instructions: readonly DockerfileInstruction[]): DockerfileStage[] {
  const stages: DockerfileStage[] = []
  for (const { keyword, flags, text, startLine } of instructions) {
    if (keyword !== 'FROM') continue
    const [, base = '', name] = /^(\S+)(?:\s+as\s+(\S+))?/i.exec(text) ?? []
    const platform = flags.find((flag) => flag.startsWith('--platform='))?.slice(11)
    const baseStage = stages.findLastIndex((stage) => stage.name === base.toLowerCase())
    stages.push({
      index: stages.length,
      ...(name !== undefined && { name: name.toLowerCase() }),
      base,
      ...(baseStage >= 0 && { baseStage }),
      ...(platform !== undefined && { platform }),
      line: startLine
    })
  }
  return stages
}

function readArgs(instructions: readonly DockerfileInstruction[]): DockerfileArg[] {
  return instructions.flatMap(({ keyword, text, startLine, stage }) => {
    if (keyword !== 'ARG') return []
    return (text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) => {
      const equals = word.indexOf('=')
      const value = equals < 0 ? undefined : word.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2')
      return {
        name: equals < 0 ? word : word.slice(0, equals),
        ...(value !== undefined && { defaultValue: value }),
        ...(stage !== undefined && { stage }),
        line: startLine
      }
    })
  })
}

function readBaseImages(
  stages: readonly DockerfileStage[],
  args: readonly DockerfileArg[]
): string[] {
  const defaults = new Map(
    args.filter((arg) => arg.stage === undefined).map((arg) => [arg.name, arg.defaultValue ?? ''])
  )
  const images = stages
    .filter((stage) => stage.baseStage === undefined)
    .map((stage) => expand(stage.base, defaults))
    .filter((image) => image !== '' && image !== 'scratch')
  return [...new Set(images)]
}

/** Fills in `$NAME`, `${NAME}`, `${NAME:-default}`; a name that nobody declared stays as written. */
function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|([A-Za-z_]\w*))/g,
    (written, braced: string | undefined, fallback: string | undefined, bare: string | undefined) =>
      values.get(braced ?? bare ?? '') || (fallback ?? values.get(braced ?? bare ?? '') ?? written)
  )
}
