import { parseDockerfile, type DockerfileInstruction } from '../../shared/builds/dockerfile'
import { FLAGS, INSTRUCTIONS } from './instructions'

/** What may be written at a place of a Dockerfile. */
export interface Proposals {
  /** Where the word begins that they replace: an offset in the text. */
  readonly from: number
  readonly kind: 'instruction' | 'stage' | 'image' | 'flag' | 'variable'
  readonly words: readonly string[]
}

/**
 * Completes at an offset: instructions at the start of a line, flags after `--`, stages after `--from=`, stages and local images after
 * FROM, declared names after `$`. `images`: the tags that the engine has.
 */
export function complete(
  text: string,
  offset: number,
  images: readonly string[]
): Proposals | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(lineStart, offset)
  const line = text.slice(0, lineStart).split('\n').length
  const { instructions, stages } = parseDockerfile(text)
  const own = instructions.find(({ startLine, endLine }) => line >= startLine && line <= endLine)
  const isFirstLine = own === undefined || own.startLine === line

  const variable = /\$\{?(\w*)$/.exec(before)
  if (variable) {
    const words = namesBefore(instructions, line)
    return { from: offset - (variable[1] ?? '').length, kind: 'variable', words }
  }
  const word = /^\s*(?:ONBUILD\s+)?([A-Za-z]*)$/i.exec(before)
  if (word && isFirstLine) {
    const words = INSTRUCTIONS.filter((each) => each !== 'MAINTAINER').map((each) => `${each} `)
    return { from: offset - (word[1] ?? '').length, kind: 'instruction', words }
  }
  const earlier = stages
    .filter((stage) => stage.line < line && stage.name !== undefined)
    .map(({ name }) => name ?? '')
  const stage = /--from=([\w.-]*)$/.exec(before)
  if (stage) return { from: offset - (stage[1] ?? '').length, kind: 'stage', words: earlier }
  const flag = /\s(--[\w-]*)$/.exec(before)
  if (flag) {
    const words = FLAGS[own?.keyword ?? ''] ?? []
    return { from: offset - (flag[1] ?? '').length, kind: 'flag', words }
  }
  const base = /^\s*FROM\s+(?:--platform=\S+\s+)?([\w./:@-]*)$/i.exec(before)
  if (base) {
    const words = [...new Set([...earlier, ...images, 'scratch'])]
    return { from: offset - (base[1] ?? '').length, kind: 'image', words }
  }
  return undefined
}

/** The names that ARG and ENV declare above a line. */
function namesBefore(instructions: readonly DockerfileInstruction[], line: number): string[] {
  const names = instructions
    .filter(({ keyword, startLine }) => startLine < line && /^(?:ARG|ENV)$/.test(keyword))
    .flatMap(({ keyword, text }) =>
      keyword === 'ENV' && !/^\w+=/.test(text)
        ? [/^\w+/.exec(text)?.[0] ?? '']
        : [...text.matchAll(/(?:^|\s)([A-Za-z_]\w*)(?==|\s|$)/g)].map(([, name = '']) => name)
    )
  return [...new Set(names)].filter(Boolean)
}
