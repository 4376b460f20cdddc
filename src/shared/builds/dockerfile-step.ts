import type { Dockerfile, DockerfileInstruction } from './dockerfile'

/** What a builder's name for a step says. */
export interface StepName {
  /** The stage's name or `stage-<n>`; absent where the Dockerfile has one stage. */
  readonly stage?: string
  readonly number?: number
  readonly total?: number
  /** The instruction's text, `RUN make`. */
  readonly instruction: string
}

/**
 * Reads a BuildKit vertex's name: `[build 2/5] RUN make`, `[2/5] RUN make`, `[linux/amd64 build 2/5] RUN make`; anything else
 * (`[internal] load build definition`, `exporting to image`) has only its text.
 */
export function parseVertexName(name: string): StepName {
  const match = /^\[(?:(?:\S+ )*?(\S+) )?\s*(\d+)\/(\d+)\] ([^]*)$/.exec(name)
  if (!match) return { instruction: name }
  const [, stage, number, total, instruction = ''] = match
  // `[linux/amd64 2/3]` is a platform and no stage's name: those have no slash.
  return {
    ...(stage !== undefined && !stage.includes('/') && { stage }),
    number: Number(number),
    total: Number(total),
    instruction
  }
}

/**
 * The instruction that the classic builder means by `Step n/m`: it counts all of them, ARGs before the first FROM too.
 * Source: moby `builder/dockerfile/builder.go` (totalCommands), seen on 20.10.24.
 */
export function instructionOfClassicStep(
  dockerfile: Dockerfile,
  number: number
): DockerfileInstruction | undefined {
  return dockerfile.instructions[number - 1]
}

/** The instructions that BuildKit makes a numbered step of. */
const NUMBERED = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR'])

/**
 * The instruction that a BuildKit vertex stands for. BuildKit numbers, stage by stage, FROM (unless `scratch` or another stage),
 * RUN, COPY, ADD and WORKDIR. Where triggers of a base image (ONBUILD) shift the numbers, the text decides, if it is there once.
 * Source: moby/buildkit `frontend/dockerfile/dockerfile2llb/convert.go`.
 */
export function instructionOfVertex(
  dockerfile: Dockerfile,
  name: string
): DockerfileInstruction | undefined {
  const step = parseVertexName(name)
  if (step.number === undefined) return undefined
  const stage = stageIndex(dockerfile, step.stage)
  const steps = dockerfile.instructions.filter(
    (instruction) => instruction.stage === stage && isNumbered(dockerfile, instruction)
  )
  const keyword = (/^\S+/.exec(step.instruction)?.[0] ?? '').toUpperCase()
  const counted = steps[step.number - 1]
  if (steps.length === step.total && counted?.keyword === keyword) return counted
  const wanted = squeeze(step.instruction)
  const same = steps.filter(
    (it) => squeeze([it.keyword, ...it.flags, it.text].join(' ')) === wanted
  )
  return same.length === 1 ? same[0] : undefined
}

function stageIndex(dockerfile: Dockerfile, name: string | undefined): number | undefined {
  if (name === undefined) return dockerfile.stages.length === 1 ? 0 : undefined
  const named = dockerfile.stages.find((stage) => stage.name === name.toLowerCase())
  if (named) return named.index
  const numbered = /^stage-(\d+)$/.exec(name)
  return numbered ? Number(numbered[1]) : undefined
}

function isNumbered(dockerfile: Dockerfile, instruction: DockerfileInstruction): boolean {
  if (instruction.keyword !== 'FROM') return NUMBERED.has(instruction.keyword)
  const stage = dockerfile.stages[instruction.stage ?? -1]
  return stage !== undefined && stage.baseStage === undefined && stage.base !== 'scratch'
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}

/**
 * The Dockerfile line that a builder's error names: `dockerfile parse error line 2: …` (20.10), `… on line 2: …`, `Dockerfile:2`.
 */
export function lineOfError(message: string): number | undefined {
  const match =
    /(?:parse error(?: on)? line |^line )(\d+)/i.exec(message) ??
    /\bdockerfile[^\s:]*:(\d+)\b/i.exec(message)
  return match ? Number(match[1]) : undefined
}
