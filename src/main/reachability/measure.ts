import { PortolanError } from '../../shared/bridge/errors'
import type { Reason } from '../../shared/reachability/reasons'
import type { Engine } from '../engine/engine'
import { runHelper } from './helpers'
import { eachLimited } from './limit'
import type { SourcePlan } from './plan'
import { buildProbeImage, ensureProbeImage, type ProbeImage } from './probe-image'
import { parseProbeOutput, type ProbeAnswer } from './probe-output'
import type { SourceOutcome } from './results'

/** How long a ping or a name may take, in ms; all of a source are asked at once. */
const TIMEOUT_MS = 1000
/** Sidecars at once: measured best on 2 cores (4: a third slower, 16: the same). They mostly wait for what never comes. */
const SIDECARS = 8
/** After this a source is given up, in ms: to make and start a sidecar takes a loaded engine some seconds. */
const SOURCE_DEADLINE_MS = 30_000
/** Questions in one run of the probe, which holds 4096. */
const TASKS_A_RUN = 2000

/** What is needed to measure at an engine. */
export interface Measuring {
  readonly engine: Engine
  /** The folder that holds `probe-amd64` and `probe-arm64`. */
  readonly probeFolder: string
  /** Whether the person has allowed the privileged helper at this engine. */
  readonly isHelperAllowed: boolean
  readonly signal: AbortSignal
}

type Answers = ReadonlyMap<number, ProbeAnswer>

/** A plan, and what is known of it from an earlier stage: the answers to its first `known.size` questions are not asked again. */
export interface Job {
  readonly plan: SourcePlan
  readonly asked?: number
  readonly answers?: Answers
}

/**
 * Asks the questions of every plan and hands each outcome over as it comes. A source that dies meanwhile, or an engine that refuses
 * the probe, is part of the outcome. No helper is left when this settles.
 * Errors: `cancelled`; `engine-unreachable` and others of `Engine.do` when the engine itself is lost.
 */
export async function measure(
  measuring: Measuring,
  jobs: readonly Job[],
  onOutcome: (job: Job, outcome: SourceOutcome) => Promise<void>
): Promise<void> {
  const image = await prepareProbe(measuring)
  await eachLimited(jobs, SIDECARS, measuring.signal, async (job) => {
    await onOutcome(job, await measureOne(measuring, image, job))
  })
}

/** What came of preparing the probe: its image, or why this engine cannot have it. */
async function prepareProbe({ engine, probeFolder }: Measuring): Promise<ProbeImage | Reason> {
  try {
    // A Windows engine calls its architecture amd64 as well.
    const arch = engine.info.os === 'linux' ? engine.info.arch : engine.info.os
    const image = await buildProbeImage(probeFolder, arch)
    await ensureProbeImage(engine, image)
    return image
  } catch (thrown) {
    const { code, engineMessage, message } = engineFault(thrown)
    const obstacle = code === 'unsupported' ? 'engine-architecture' : 'probe-refused'
    return { code: 'not-measurable', obstacle, detail: engineMessage ?? message }
  }
}

/** Asks all of a source's questions. Faults of the source or the probe are part of the outcome. */
async function measureOne(
  measuring: Measuring,
  image: ProbeImage | Reason,
  { plan, asked = 0, answers: known = new Map() }: Job
): Promise<SourceOutcome> {
  const failed = (obstacle: Reason): SourceOutcome => ({
    answers: known,
    obstacle,
    passedOver: [],
    atMs: Date.now()
  })
  const answers = new Map(known)
  if (plan.tasks.length === asked) return { answers, passedOver: [], atMs: Date.now() }
  if ('code' in image) return failed(image)
  for (let from = asked; from < plan.tasks.length; from += TASKS_A_RUN) {
    const tasks = plan.tasks.slice(from, from + TASKS_A_RUN)
    const part = await runProbe(measuring, image, plan, tasks)
    if (!(part instanceof Map)) return failed(part)
    for (const [task, answer] of part) answers.set(from + task, answer)
  }
  return { answers, way: 'sidecar', passedOver: [], atMs: Date.now() }
}

/** One run of the probe; again with raw sockets where no ping may be sent without. */
async function runProbe(
  measuring: Measuring,
  image: ProbeImage,
  plan: SourcePlan,
  tasks: readonly string[]
): Promise<Map<number, ProbeAnswer> | Reason> {
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
): Promise<Map<number, ProbeAnswer> | Reason> {
  const { engine, signal } = measuring
  const deadline = AbortSignal.timeout(SOURCE_DEADLINE_MS)
  const run = {
    imageReference: image.reference,
    args: [`--timeout=${TIMEOUT_MS}`, ...tasks],
    rawSockets,
    signal: AbortSignal.any([signal, deadline])
  }
  let failure: Reason = { code: 'not-measurable', obstacle: 'probe-failed' }
  for (const { id } of plan.joinable) {
    // Again once: somebody may remove the image, or another window's start our sidecar, at any moment.
    for (let tries = 0; tries < 2; tries++) {
      try {
        const printed = await runHelper(engine, { ...run, joinId: id })
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

/** The data of a fault that belongs to one source. Rethrows what ends the whole sweep: a cancel, a lost engine, our own bug. */
function engineFault(thrown: unknown, deadline?: AbortSignal): PortolanError['data'] {
  if (!(thrown instanceof PortolanError)) throw thrown
  const { code } = thrown.data
  if (code === 'engine-unreachable' || code === 'internal') throw thrown
  if (code === 'cancelled' && !deadline?.aborted) throw thrown
  return thrown.data
}
