import type { PassedOver } from '../../shared/reachability/model'
import { engineFault } from './fault'
import { runHelper } from './helpers'
import { TIMEOUT_MS, type Job, type Measuring } from './measuring'
import { ensureProbeImage, type ProbeImage } from './probe-image'
import { parseProbeOutput, type ProbeAnswer, type ProbeOutput } from './probe-output'

/** After this the helper is given up, in ms: it takes a second or two, on a very busy engine some more. */
const DEADLINE_MS = 60_000
/** Questions from one namespace that one process of the probe asks; it holds 4096. */
const TASKS_A_GROUP = 2000
/** Questions in one run: the probe reads 262,144 lines. */
const TASKS_A_RUN = 100_000

/** A part of a job's questions that one process asks. */
interface Group {
  readonly job: Job
  /** Which process lives in the namespace, of which container: `PID/ID`. */
  readonly inside: string
  /** The place of the first question in the plan. */
  readonly from: number
  readonly tasks: readonly string[]
}

/** What the helper made of each job: its answers by place in the plan, or why it has none. */
export type ByHelper = ReadonlyMap<Job, ReadonlyMap<number, ProbeAnswer> | PassedOver>

/**
 * Asks the questions of all jobs by one privileged helper, a process a namespace, all at once. What it could not do is told, not
 * thrown. Errors: `cancelled`; `engine-unreachable` and others of `Engine.do` when the engine itself is lost.
 */
export async function askByHelper(
  measuring: Measuring,
  image: ProbeImage,
  jobs: readonly Job[]
): Promise<ByHelper> {
  const made = new Map<Job, Map<number, ProbeAnswer> | PassedOver>()
  const groups = jobs.flatMap((job) => {
    const inside = namespaceEntry(job)
    if (inside === undefined) made.set(job, passedOver('failed'))
    return inside === undefined ? [] : split(job, inside)
  })
  for (const run of inRuns(groups)) {
    const output = await runOnce(measuring, image, run)
    let number = 0
    for (const [place, { job, from, tasks }] of run.entries()) {
      const failure = 'why' in output ? output : failureOf(output, place)
      const known = made.get(job) ?? new Map<number, ProbeAnswer>()
      if (failure) made.set(job, failure)
      else if (known instanceof Map && !('why' in output)) {
        for (let task = 0; task < tasks.length; task++) {
          const answer = output.answers.get(number + task)
          if (answer) known.set(from + task, answer)
        }
        made.set(job, known)
      }
      number += tasks.length
    }
  }
  return made
}

/** How the probe enters the namespace of a plan's sources; undefined where the engine told no process of it. */
export function namespaceEntry({ plan }: Pick<Job, 'plan'>): string | undefined {
  const member = plan.joinable.find(({ pid }) => pid !== undefined)
  return member && `${member.pid}/${member.id}`
}

function split(job: Job, inside: string): Group[] {
  const { plan, asked = 0 } = job
  const groups: Group[] = []
  for (let from = asked; from < plan.tasks.length; from += TASKS_A_GROUP) {
    groups.push({ job, inside, from, tasks: plan.tasks.slice(from, from + TASKS_A_GROUP) })
  }
  return groups
}

function inRuns(groups: readonly Group[]): Group[][] {
  const runs: Group[][] = []
  let tasks = Infinity
  for (const group of groups) {
    tasks += group.tasks.length
    if (tasks > TASKS_A_RUN) {
      runs.push([])
      tasks = group.tasks.length
    }
    runs.at(-1)?.push(group)
  }
  return runs
}

async function runOnce(
  measuring: Measuring,
  image: ProbeImage,
  groups: readonly Group[]
): Promise<ProbeOutput | PassedOver> {
  const { engine, signal } = measuring
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  for (let tries = 0; ; tries++) {
    let printed = ''
    try {
      await runHelper(engine, {
        imageReference: image.reference,
        place: 'every-namespace',
        options: [`--timeout=${TIMEOUT_MS}`],
        input: groups.flatMap(({ inside, tasks }) => [`--in=${inside}`, ...tasks]),
        signal: AbortSignal.any([signal, deadline]),
        onLine: (line) => {
          printed += `${line}\n`
        }
      })
      const output = parseProbeOutput(printed)
      return output.complete ? output : passedOver('failed', printed.slice(-300))
    } catch (thrown) {
      const { code, engineMessage, message } = engineFault(thrown, deadline)
      if (deadline.aborted) return passedOver('failed', `${DEADLINE_MS / 1000} s`)
      // Again once: somebody may remove the image at any moment.
      if (code !== 'not-found' || tries > 0) return passedOver('refused', engineMessage ?? message)
      await ensureProbeImage(engine, image)
    }
  }
}

function failureOf({ ends }: ProbeOutput, place: number): PassedOver | undefined {
  const end = ends.get(place)
  if (end?.end === 'done') return undefined
  const errno = end?.errno === undefined ? '' : ` (errno ${end.errno})`
  return passedOver('failed', end && `${end.end}${errno}`)
}

function passedOver(why: 'refused' | 'failed', detail?: string): PassedOver {
  return { way: 'helper', why, ...(detail && { detail }) }
}
