import { isSecretBuildArg } from '../builds/command'
import type { Dockerfile, DockerfileInstruction } from '../builds/dockerfile'

interface Found {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly line: number
  readonly subject: string
}

/** Instructions whose words may be a JSON array. */
const JSON_FORM = new Set(['CMD', 'ENTRYPOINT', 'SHELL', 'COPY', 'ADD', 'VOLUME', 'RUN'])

/** What dockerfile-utils does not look for: arrays that are none, stages that are none, heredocs without an end, secrets, shell forms. */
export function ownRules(dockerfile: Dockerfile, lines: readonly string[]): Found[] {
  return dockerfile.instructions.flatMap((instruction) => [
    ...brokenJson(instruction),
    ...unknownStage(dockerfile, instruction),
    ...openHeredoc(instruction, lines),
    ...secretInImage(instruction),
    ...shellForm(instruction)
  ])
}

/** An array that does not parse is taken as words for a shell, brackets and all. `RUN [ -f x ]` is the shell's own test. */
function brokenJson({ keyword, text, startLine }: DockerfileInstruction): Found[] {
  const isMeant = keyword === 'RUN' ? /^\[\s*"/.test(text) : text.startsWith('[')
  // The library tells of single quotes.
  if (!JSON_FORM.has(keyword) || !isMeant || /^\[\s*'/.test(text)) return []
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return []
  } catch {
    // That is the fault.
  }
  return [{ rule: 'broken-json', severity: 'warning', line: startLine, subject: keyword }]
}

function unknownStage(
  { stages }: Dockerfile,
  { flags, stage, startLine }: DockerfileInstruction
): Found[] {
  const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length)
  if (from === undefined || stage === undefined) return []
  const found: Found = { rule: 'unknown-stage', severity: 'error', line: startLine, subject: from }
  if (/^\d+$/.test(from)) return Number(from) < stage ? [] : [found]
  const named = stages.filter(({ name }) => name === from.toLowerCase())
  return named.length > 0 && named.every(({ index }) => index >= stage) ? [found] : []
}

function openHeredoc(
  { keyword, text, startLine, endLine }: DockerfileInstruction,
  lines: readonly string[]
): Found[] {
  if (!['RUN', 'COPY', 'ADD'].includes(keyword)) return []
  const [, dash, , word] = /(?:^|\s)<<(-?)(["']?)([A-Za-z_][\w.]*)\2/.exec(text) ?? []
  if (word === undefined) return []
  const isEnd = (line: string): boolean => (dash ? line.replace(/^\t+/, '') : line) === word
  if (lines.slice(startLine, endLine).some(isEnd)) return []
  return [{ rule: 'open-heredoc', severity: 'error', line: startLine, subject: word }]
}

/** What stands in ARG or ENV can be read from the image by whoever has it. */
function secretInImage({ keyword, text, startLine }: DockerfileInstruction): Found[] {
  if (keyword !== 'ENV' && keyword !== 'ARG') return []
  const name = /^[A-Za-z_]\w*/.exec(text)?.[0] ?? ''
  // A file's place or a public part is no secret.
  if (!isSecretBuildArg(name, 'x') || /(?:_FILE|_PATH|_DIR|PUBLIC)/i.test(name)) return []
  return [{ rule: 'secret-in-image', severity: 'warning', line: startLine, subject: name }]
}

/** In shell form the program is a child of a shell, which passes no signal on: it cannot stop cleanly. */
function shellForm({ keyword, text, startLine }: DockerfileInstruction): Found[] {
  if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || text === '' || text.startsWith('['))
    return []
  return [{ rule: 'shell-form', severity: 'warning', line: startLine, subject: keyword }]
}
