import { checkSpec } from './check'
import { readTruth } from './codec-files'
import { FlagError } from './flag-error'
import { flagNamed, flagOfLetter, type Flag } from './flags'
import { findRun, withoutPrompt } from './line-head'
import {
  tidySpec,
  type ParsedRunLine,
  type RunProblem,
  type RunSpec,
  type UnreadFlag
} from './model'
import { splitWords, type ShellWord } from './words'

/**
 * Reads a `docker run` line as a POSIX shell and the docker CLI would: each word ends in the spec, or in a problem that names it; a flag
 * that is not known or whose value is not valid also stays in `spec.unread`. Nothing is expanded, and `--env NAME` takes its value
 * from the line's own `NAME=value docker run` alone. Source: spf13/pflag `FlagSet.parseArgs`.
 */
export function parseRunLine(text: string): ParsedRunLine {
  const { words, faults } = splitWords(withoutPrompt(text))
  const run = findRun(words, text)
  const reader = new FlagReader(run.words)
  const spec = withEnvironment(reader.read(), run.environment)
  const unexpanded = run.words.flatMap((word) => word.expansions.map(notExpanded))
  const unclosed = faults.map(({ message, hint, start, end }): RunProblem => {
    return { kind: 'invalid', text: text.slice(start, end), message, hint, span: { start, end } }
  })
  const isRun = run.words.length > 0 || run.problems.every(({ text: of }) => of !== text.trim())
  const problems = [
    ...unclosed,
    ...run.problems,
    ...unusedEnvironment(run.environment, spec),
    ...reader.problems,
    ...unexpanded,
    ...(isRun ? checkSpec(spec) : [])
  ]
  return {
    spec,
    problems: problems.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))
  }
}

/** Reads flags up to the image, as Go's pflag does without interspersed arguments. */
class FlagReader {
  readonly problems: RunProblem[] = []
  private readonly words: readonly ShellWord[]
  private readonly spec: Record<string, unknown> = {}
  private readonly unread: UnreadFlag[] = []
  /** The words of each flag that takes one value, to tell which were overridden. */
  private readonly given = new Map<string, readonly ShellWord[]>()
  private at = 0

  constructor(words: readonly ShellWord[]) {
    this.words = words
  }

  read(): RunSpec {
    for (; this.at < this.words.length; this.at++) {
      const word = this.words[this.at]
      if (!word || word.text === '-' || !word.text.startsWith('-')) break
      if (word.text === '--') {
        this.at++
        break
      }
      if (word.text.startsWith('--')) this.long(word)
      else this.cluster(word)
    }
    const [image = '', ...command] = this.words.slice(this.at).map(({ text }) => text)
    return tidySpec({ ...this.spec, image, command, unread: this.unread })
  }

  private long(word: ShellWord): void {
    const equals = word.text.indexOf('=')
    const name = word.text.slice(2, equals < 0 ? undefined : equals)
    const flag = flagNamed(name)
    if (!flag) this.unknown(word, `--${name}`, equals < 0)
    else if (equals >= 0) this.set(flag, word.text.slice(equals + 1), [word])
    else this.withNext(flag, word, `--${name}`)
  }

  /** `-itd`, `-p80:80`, `-e=A=b`. */
  private cluster(word: ShellWord): void {
    for (let letters = word.text.slice(1); letters !== '';) {
      const letter = letters[0] ?? ''
      const flag = flagOfLetter(letter)
      const rest = letters.slice(1)
      if (!flag) {
        this.unknown(word, `-${letters}`, rest === '', letter)
        return
      }
      if (rest.startsWith('=') && rest.length > 1) {
        this.set(flag, rest.slice(1), [word])
        return
      }
      if (flag.kind === 'switch') {
        this.set(flag, 'true', [word])
        letters = rest
      } else if (rest !== '') {
        this.set(flag, rest, [word])
        return
      } else {
        this.withNext(flag, word, `-${letter}`)
        return
      }
    }
  }

  private withNext(flag: Flag, word: ShellWord, name: string): void {
    if (flag.kind === 'switch') {
      this.set(flag, 'true', [word])
      return
    }
    const next = this.words[this.at + 1]
    if (next) {
      this.at++
      this.set(flag, next.text, [word, next])
    } else {
      this.unread.push({ words: [name] })
      this.problems.push(problem('invalid', [word], `flag needs an argument: ${name}`))
    }
  }

  private set(flag: Flag, value: string, words: readonly ShellWord[]): void {
    const before = this.given.get(flag.field)
    if (before && flag.kind === 'one')
      this.problems.push(
        problem('overridden', before, `--${flag.name} is given again later, which alone counts`)
      )
    if (flag.kind === 'one') this.given.set(flag.field, words)
    try {
      this.put(flag, value)
    } catch (thrown) {
      if (!(thrown instanceof FlagError)) throw thrown
      const message = thrown.message.includes(`--${flag.name}`)
        ? thrown.message
        : `--${flag.name}: ${thrown.message}`
      this.unread.push({
        words: flag.kind === 'switch' ? [`--${flag.name}=${value}`] : [`--${flag.name}`, value]
      })
      this.problems.push(problem('invalid', words, message, thrown.hint))
    }
  }

  private put(flag: Flag, value: string): void {
    if (flag.kind === 'switch') {
      const truth = readTruth(value)
      if (truth === undefined) throw new FlagError(`“${value}” is neither true nor false`)
      if (truth === flag.unset) delete this.spec[flag.field]
      else this.spec[flag.field] = truth
      return
    }
    const read = flag.codec.read(value)
    const list = this.spec[flag.field] as readonly unknown[] | undefined
    this.spec[flag.field] = flag.kind === 'list' ? [...(list ?? []), read] : read
  }

  /** pflag cannot know whether an unknown flag takes a value; one that stands before another flag is taken to be it. */
  private unknown(word: ShellWord, name: string, mayHaveValue: boolean, letter?: string): void {
    const [next, after] = [this.words[this.at + 1], this.words[this.at + 2]]
    const takes = mayHaveValue && after?.text.startsWith('-') && next && !next.text.startsWith('-')
    if (takes) this.at++
    const written = word.text.startsWith('--') ? word.text : name
    // In one word, so that it is read again as the flag's wherever it stands.
    this.unread.push({ words: [takes ? `${written}=${next.text}` : written] })
    const message =
      letter === undefined
        ? `unknown flag: ${name}`
        : `unknown shorthand flag: '${letter}' in ${word.text}`
    this.problems.push(problem('not-understood', takes ? [word, next] : [word], message))
  }
}

function problem(
  kind: RunProblem['kind'],
  words: readonly ShellWord[],
  message: string,
  hint?: string
): RunProblem {
  const span = { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 }
  const text = words.map((word) => word.text).join(' ')
  return { kind, text, message, ...(hint !== undefined && { hint }), span }
}

function notExpanded({ text, start, end }: ShellWord['expansions'][number]): RunProblem {
  const isPlaceholder = text.startsWith('<')
  return {
    kind: 'not-expanded',
    text,
    message: isPlaceholder
      ? `${text} stands for something that you choose`
      : `a shell would replace ${text}; here it stays as it is`,
    hint: 'write what it stands for in its place',
    span: { start, end }
  }
}

/** `FOO=bar docker run -e FOO`: the value is known. */
function withEnvironment(spec: RunSpec, environment: ReadonlyMap<string, string>): RunSpec {
  if (!spec.env || environment.size === 0) return spec
  const env = spec.env.map((variable) => {
    const value = variable.value ?? environment.get(variable.name)
    return value === undefined ? variable : { ...variable, value }
  })
  return { ...spec, env }
}

function unusedEnvironment(environment: ReadonlyMap<string, string>, spec: RunSpec): RunProblem[] {
  const used = new Set(spec.env?.map(({ name }) => name))
  return [...environment]
    .filter(([name]) => !used.has(name))
    .map(([name, value]) => ({
      kind: 'not-understood',
      text: `${name}=${value}`,
      message: `${name} is set for the docker program alone: it is left out`,
      hint: `write --env ${name}=... for the container to have it`
    }))
}
