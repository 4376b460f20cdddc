import { PortolanError, type ErrorData } from '../../shared/bridge/errors'
import type { Dockerfile, DockerfileInstruction } from '../../shared/builds/dockerfile'
import {
  instructionOfClassicStep,
  instructionOfVertex,
  lineOfError
} from '../../shared/builds/dockerfile-step'
import type { BuildStep } from '../../shared/builds/model'

/**
 * A failed build's error with what a person needs: the Dockerfile's line, the instruction, and a hint. The code becomes `process-exit`
 * for a RUN that ended with a code, `invalid-input` for a Dockerfile that cannot be parsed, `unauthorized` for a registry's refusal.
 * The engine's own words stay as they are. Other errors (cancelled, unreachable) come back unchanged.
 */
export function explainFailure(
  error: PortolanError,
  dockerfile: Dockerfile,
  failedStep: BuildStep | undefined
): PortolanError {
  const { data } = error
  const words = data.engineMessage
  if (words === undefined || !EXPLAINED.has(data.code)) return error
  const told = [words, failedStep?.error ?? ''].join('\n')
  const instruction = failedInstruction(dockerfile, failedStep)
  const exitCode = exitCodeOf(told)
  // The words of a RUN that failed quote its command, which may hold anything.
  const line =
    exitCode === undefined ? (lineOfError(told) ?? instruction?.startLine) : instruction?.startLine
  const hint = HINTS.find(([pattern]) => pattern.test(told))?.[1]
  const explained: ErrorData = {
    ...data,
    code: codeOf(data.code, told, exitCode),
    message: messageOf(words, instruction, line, exitCode),
    ...(line !== undefined && { line }),
    ...(exitCode !== undefined && { exitCode }),
    ...(hint !== undefined && { hint }),
    retryable: false
  }
  return new PortolanError(explained, { cause: error })
}

const EXPLAINED: ReadonlySet<string> = new Set([
  'stream-failed',
  'invalid-input',
  'engine-failure',
  'not-found',
  'unauthorized'
])

function failedInstruction(
  dockerfile: Dockerfile,
  step: BuildStep | undefined
): DockerfileInstruction | undefined {
  if (!step) return undefined
  return step.id === `step-${step.number}`
    ? instructionOfClassicStep(dockerfile, step.number ?? 0)
    : instructionOfVertex(dockerfile, step.name)
}

/** `returned a non-zero code: 3` (classic), `exit code: 3` (BuildKit, after `executor failed running` or `did not complete`). */
function exitCodeOf(words: string): number | undefined {
  const match = /(?:returned a non-zero code|exit code): (\d+)/.exec(words)
  return match ? Number(match[1]) : undefined
}

const NO_INSTRUCTION =
  /file with no instructions|Dockerfile.*(?:cannot be|is) empty|no build stage/i
const PARSE_ERROR = new RegExp(
  `parse error|unknown instruction|syntax error|${NO_INSTRUCTION.source}`,
  'i'
)
const REFUSED =
  /no basic auth credentials|pull access denied|unauthorized|authentication required|insufficient_scope/i

function codeOf(
  code: ErrorData['code'],
  words: string,
  exitCode: number | undefined
): ErrorData['code'] {
  if (exitCode !== undefined) return 'process-exit'
  if (PARSE_ERROR.test(words)) return 'invalid-input'
  if (REFUSED.test(words)) return 'unauthorized'
  return code
}

function messageOf(
  words: string,
  instruction: DockerfileInstruction | undefined,
  line: number | undefined,
  exitCode: number | undefined
): string {
  const where = line === undefined ? '' : `Dockerfile, line ${line}: `
  const plain = words.replace(SOLVER_WORDS, '')
  if (!instruction) return `${where}${plain}`
  const text = [instruction.keyword, ...instruction.flags, instruction.text].join(' ')
  const short = text.length > 120 ? `${text.slice(0, 119)}…` : text
  return exitCode === undefined
    ? `${where}“${short}” failed. ${plain}`
    : `${where}“${short}” ended with exit code ${exitCode}.`
}

/** What BuildKit's layers put before the reason, and what a parse error repeats of its line. */
const SOLVER_WORDS =
  /^(?:failed to solve(?: with frontend [\w.]+)?: |failed to create LLB definition: |dockerfile parse error (?:on )?line \d+: )+/

/** The first that matches the engine's words wins. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /file not found in build context|failed to compute cache key|excluded by \.dockerignore|no such file or directory.*COPY|COPY failed|ADD failed/i,
    'Check that the file is inside the folder that is sent, and that no line of .dockerignore leaves it out.'
  ],
  [NO_INSTRUCTION, 'A Dockerfile begins with FROM and the image to start from.'],
  [/--mount option requires BuildKit/i, 'Choose BuildKit as the builder.'],
  [
    /failed to (?:resolve source metadata|solve).*docker\/dockerfile|resolve.*docker\.io\/docker\/dockerfile/i,
    'The “# syntax=” line makes BuildKit pull its frontend from a registry. Without a network, remove that line.'
  ],
  [REFUSED, 'The base image does not exist there, or its registry wants a log-in.'],
  [
    /dial tcp|no such host|i\/o timeout|connection refused|network is unreachable/i,
    'The engine could not reach the registry. Check the engine’s network and proxy.'
  ],
  [
    /manifest (?:for .* )?(?:not found|unknown)|repository does not exist|: not found/i,
    'Check the name and tag of the base image.'
  ],
  [
    /unknown instruction/i,
    'Check the spelling of the instruction; a line that goes on must end with a backslash.'
  ],
  [
    /failed to reach build target|target stage .* could not be found/i,
    'Check the name of the target stage.'
  ],
  [/exit code: 127|returned a non-zero code: 127/i, 'The command was not found in the image.'],
  [
    /no space left on device/i,
    'The engine’s disk is full: prune images, containers or the build cache.'
  ]
]
