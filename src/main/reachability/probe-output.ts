import { z } from 'zod'

const answerSchema = z.object({
  task: z.int().min(0),
  /** The round of a follow, from 0. */
  round: z.int().min(0).optional(),
  outcome: z.enum([
    'answered',
    'timeout',
    'unreachable',
    'denied',
    'error',
    'resolved',
    'not-found',
    'failed',
    'open',
    'refused'
  ]),
  rttUs: z.number().min(0).optional(),
  errno: z.int().optional(),
  from: z.enum(['hosts', 'dns']).optional(),
  addresses: z.array(z.string().max(64)).max(16).optional()
})
const groupSchema = z.object({
  group: z.int().min(0),
  end: z.enum(['done', 'gone', 'denied', 'error']),
  errno: z.int().optional()
})
const doneSchema = z.object({ done: z.literal(true), tasks: z.int() })

/** The probe's answer to one of its tasks. */
export type ProbeAnswer = z.output<typeof answerSchema>
/** How the questions from one namespace ended: all asked, or why they could not be. */
export type GroupEnd = z.output<typeof groupSchema>

/** What a run of the probe said. */
export interface ProbeOutput {
  /** By the task's number; what was not answered is not there. */
  readonly answers: ReadonlyMap<number, ProbeAnswer>
  /** By the group's number, those that have ended. */
  readonly ends: ReadonlyMap<number, GroupEnd>
  /** False: it was cut off before its last line. */
  readonly complete: boolean
}

/**
 * Reads the probe's lines, such as `{"task":0,"outcome":"answered","rttUs":57}`. Half a line, or one that is not the probe's, is
 * no answer and no error: the container that we measure from may die at any moment.
 */
export function parseProbeOutput(text: string): ProbeOutput {
  const answers = new Map<number, ProbeAnswer>()
  const ends = new Map<number, GroupEnd>()
  let complete = false
  for (const line of text.split('\n')) {
    const said = parseProbeLine(line)
    if (said === 'done') complete = true
    else if (said && 'task' in said) answers.set(said.task, said)
    else if (said) ends.set(said.group, said)
  }
  return { answers, ends, complete }
}

/** One line of the probe; undefined for what is none. */
export function parseProbeLine(line: string): ProbeAnswer | GroupEnd | 'done' | undefined {
  const value = parseJson(line)
  const answer = answerSchema.safeParse(value)
  if (answer.success) return answer.data
  const end = groupSchema.safeParse(value)
  if (end.success) return end.data
  return doneSchema.safeParse(value).success ? 'done' : undefined
}

function parseJson(line: string): unknown {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
