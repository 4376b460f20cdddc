import { z } from 'zod'

const answerSchema = z.object({
  task: z.int().min(0),
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
const doneSchema = z.object({ done: z.literal(true), tasks: z.int() })

/** The probe's answer to one of its tasks. */
export type ProbeAnswer = z.output<typeof answerSchema>

/** What a run of the probe said. */
export interface ProbeOutput {
  /** By the task's number; what was not answered is not there. */
  readonly answers: ReadonlyMap<number, ProbeAnswer>
  /** False: it was cut off before its last line. */
  readonly complete: boolean
}

/**
 * Reads the probe's lines, such as `{"task":0,"outcome":"answered","rttUs":57}`. Half a line, or one that is not the probe's, is
 * no answer and no error: the container that we measure from may die at any moment.
 */
export function parseProbeOutput(text: string): ProbeOutput {
  const answers = new Map<number, ProbeAnswer>()
  let complete = false
  for (const line of text.split('\n')) {
    const value = parseJson(line)
    const answer = answerSchema.safeParse(value)
    if (answer.success) answers.set(answer.data.task, answer.data)
    else if (doneSchema.safeParse(value).success) complete = true
  }
  return { answers, complete }
}

function parseJson(line: string): unknown {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
