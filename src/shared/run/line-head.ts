import type { RunProblem } from './model'
import type { ShellWord } from './words'

/** The part of a line that is a `docker run`: its words after `run`, and what stood before and beside it. */
export interface RunCommand {
  readonly words: readonly ShellWord[]
  /** `NAME=value` before `docker`: the environment that `--env NAME` takes its value from. */
  readonly environment: ReadonlyMap<string, string>
  readonly problems: readonly RunProblem[]
}

const PROMPTS = new Set(['$', '%'])
const WRAPPERS = new Set(['sudo', 'doas', 'winpty', 'exec', 'time', 'command', 'nohup'])
const ENGINES = new Set(['docker', 'podman', 'nerdctl', 'finch', 'nvidia-docker'])
/** Flags of `docker` itself that take a value. */
const GLOBAL_VALUES = new Set(
  '-H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey'.split(' ')
)

/** A prompt that a shell would read as something else: root's `#`, and those of Windows. */
const PROMPT =
  /^\s*(?:#|>|PS\s[^>\n]*>|[A-Z]:[^>\n]*>)(?=\s*(?:sudo\s+)?(?:docker|podman|nerdctl)\s)/

/** The text with a prompt before its command blanked out, and the same `#` before each line that goes on: every place stays what it was. */
export function withoutPrompt(text: string): string {
  const prompt = PROMPT.exec(text)?.[0]
  if (prompt === undefined) return text
  const rest = text.slice(prompt.length)
  return (
    ' '.repeat(prompt.length) + (prompt.endsWith('#') ? rest.replaceAll(/(?<=\\\n)#/g, ' ') : rest)
  )
}

/** Finds the first `docker run` of a line; a line that begins with a flag is read as what comes after it. */
export function findRun(words: readonly ShellWord[], text: string): RunCommand {
  const commands = splitCommands(words)
  const found = commands.findIndex((command) => readHead(command) !== undefined)
  const command = commands[found]
  const head = command && readHead(command)
  if (command && head) {
    const beside = commands.flatMap((each, index) =>
      index === found ? [] : notDone(each, text, 'not a part of the docker run: it is left out')
    )
    const redirected = command.filter(isOperator)
    return {
      ...head,
      problems: [
        ...head.problems,
        ...beside,
        ...notDone(redirected, text, 'a redirection is the shell’s: it is left out')
      ]
    }
  }
  if (words[0]?.text.startsWith('-'))
    return {
      words: words.filter((word) => !isOperator(word)),
      environment: new Map(),
      problems: []
    }
  const problem: RunProblem = {
    kind: 'not-understood',
    text: text.trim(),
    message: 'this is not a docker run line',
    hint: 'it begins with docker run, then its flags and an image',
    span: { start: 0, end: text.length }
  }
  return { words: [], environment: new Map(), problems: [problem] }
}

/** Words up to each control operator; a redirection and its target stay together as an operator. */
function splitCommands(words: readonly ShellWord[]): ShellWord[][] {
  const commands: ShellWord[][] = [[]]
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]
    if (isOperator(word) && !/[<>]/.test(word.text)) commands.push([])
    else if (before && isOperator(before) && /[<>]$/.test(before.text))
      commands.at(-1)?.push({ ...word, kind: 'operator' })
    else commands.at(-1)?.push(word)
  }
  return commands.filter((command) => command.length > 0)
}

function isOperator({ kind }: ShellWord): boolean {
  return kind === 'operator'
}

function readHead(command: readonly ShellWord[]): RunCommand | undefined {
  const words = command.filter((word) => !isOperator(word))
  const problems: RunProblem[] = []
  const environment = new Map<string, string>()
  let at = PROMPTS.has(words[0]?.text ?? '') ? 1 : 0
  for (; at < words.length; at++) {
    const word = words[at]
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(word?.text ?? '')
    if (assignment) environment.set(assignment[1] ?? '', assignment[2] ?? '')
    else if (!word || !WRAPPERS.has(word.text)) break
  }
  const program = words[at]
  const name = program?.text.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '') ?? ''
  if (!program || !ENGINES.has(name)) return undefined
  if (name !== 'docker')
    problems.push(problem(program, `this is a line for ${name}: it is read as one for docker`))
  for (at++; words[at]?.text.startsWith('-'); at++) {
    const flag = words[at]
    if (!flag) break
    if (GLOBAL_VALUES.has(flag.text)) at++
    problems.push(
      problem(flag, 'a setting of docker itself: the endpoint is chosen in the window', words[at])
    )
  }
  if (words[at]?.text === 'container') at++
  const verb = words[at]
  if (verb?.text === 'create')
    problems.push(problem(verb, 'docker create starts nothing: it is read as docker run'))
  else if (verb?.text !== 'run') return undefined
  return { words: words.slice(at + 1), environment, problems }
}

function problem(word: ShellWord, message: string, last: ShellWord = word): RunProblem {
  const text = last === word ? word.text : `${word.text} ${last.text}`
  return { kind: 'not-understood', text, message, span: { start: word.start, end: last.end } }
}

function notDone(words: readonly ShellWord[], text: string, message: string): RunProblem[] {
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last) return []
  const span = { start: first.start, end: last.end }
  return [{ kind: 'not-understood', text: text.slice(span.start, span.end), message, span }]
}
