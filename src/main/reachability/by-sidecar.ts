import type { Reason } from '../../shared/reachability/reasons'
import { engineFault } from './fault'
import { runHelper } from './helpers'
import { TIMEOUT_MS, type Job, type Measuring } from './measuring'
import type { SourcePlan } from './plan'
import { ensureProbeImage, type ProbeImage } from './probe-image'
import { parseProbeOutput, type ProbeAnswer } from './probe-output'

/** After this a source is given up, in ms: to make and start a sidecar takes a loaded engine some seconds. */
const DEADLINE_MS = 30_000
/** Questions in one run of the probe, which holds 4096. */
const TASKS_A_RUN = 2000

/** Answers by their place in the plan, or what kept them from us. */
export type Answered = Map<number, ProbeAnswer> | Extract<Reason, { code: 'not-measurable' }>

/**
 * Asks a plan's questions by a sidecar in its namespace. Faults of the source or the probe are told, not thrown.
 * Errors: `cancelled`; `engine-unreachable` and others of `Engine.do` when the engine itself is lost.
 */
export async function askBySidecar(
  measuring: Measuring,
  image: ProbeImage,
  { plan, asked = 0 }: Job
): Promise<Answered> {
  const answers = new Map<number, ProbeAnswer>()
  for (let from = asked; from < plan.tasks.length; from += TASKS_A_RUN) {
    const tasks = plan.tasks.slice(from, from + TASKS_A_RUN)
    const part = await runProbe(measuring, image, plan, tasks)
    if (!(part instanceof Map)) return part
    for (const [task, answer] of part) answers.set(from + task, answer)
  }
  return answers
}

/** One run of the probe; again with raw sockets where no ping may be sent without. */
async function runProbe(
  measuring: Measuring,
  image: ProbeImage,
  plan: SourcePlan,
  tasks: readonly string[]
): Promise<Answered> {
  const first = await attempt(measuring, image, plan, tasks, false)
  if (!(first instanceof Map)) return first
  const pings = [...first.values()].filter(({ task }) => tasks[task]?.startsWith('ping='))
  const denied = pings.length > 0 && pings.every(({ outcome }) => outcome === 'denied')
  return denied ? attempt(measuring, image, plan, tasks, true) : first
}

async function attempt(
  measuring: Measuring,
  image: ProbeImage,
  plan: SourcePlan,
  tasks: readonly string[],
  rawSockets: boolean
): Promise<Answered> {
  const { engine, signal } = measuring
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  let failure: Answered = { code: 'not-measurable', obstacle: 'probe-failed' }
  for (const { id } of plan.joinable) {
    // Again once: somebody may remove the image, or another window's start our sidecar, at any moment.
    for (let tries = 0; tries < 2; tries++) {
      let printed = ''
      try {
        await runHelper(engine, {
          imageReference: image.reference,
          place: { joinId: id, rawSockets },
          options: [`--timeout=${TIMEOUT_MS}`],
          input: tasks,
          signal: AbortSignal.any([signal, deadline]),
          onLine: (line) => {
            printed += `${line}\n`
          }
        })
        const { answers, complete } = parseProbeOutput(printed)
        if (complete) return new Map(answers)
        failure = { code: 'not-measurable', obstacle: 'probe-failed', detail: printed.slice(-300) }
      } catch (thrown) {
        const { code, engineMessage, message } = engineFault(thrown, deadline)
        if (deadline.aborted) return { code: 'not-measurable', obstacle: 'probe-timeout' }
        failure = {
          code: 'not-measurable',
          obstacle: code === 'not-found' || code === 'conflict' ? 'probe-failed' : 'probe-refused',
          detail: engineMessage ?? message
        }
        if (code !== 'not-found') break
        await ensureProbeImage(engine, image)
      }
    }
  }
  return failure
}
