import { PortolanError } from '../../shared/bridge/errors'
import type { PairResult, SweepSummary } from '../../shared/reachability/model'
import type { Reason } from '../../shared/reachability/reasons'
import type { Topology } from '../../shared/reachability/topology'
import type { Engine } from '../engine/engine'
import { runHelper } from './helpers'
import { eachLimited } from './limit'
import { planSweep, type SourcePlan } from './plan'
import { buildProbeImage, ensureProbeImage, type ProbeImage } from './probe-image'
import { parseProbeOutput, type ProbeAnswer } from './probe-output'
import { toPairResult, type SourceOutcome } from './results'
import { readTopology, refreshTopology, type SweepContainer } from './topology'

export type { SweepContainer } from './topology'

/** How long a ping or a name may take, in ms; all of a source are asked at once. */
const TIMEOUT_MS = 1000
/** Sidecars at once: measured best on 2 cores (4: a third slower, 16: the same). They mostly wait for what never comes. */
const SIDECARS = 8
/** After this a source is given up, in ms: to make and start a sidecar takes a loaded engine some seconds. */
const SOURCE_DEADLINE_MS = 30_000
/** Questions in one run of the probe, which holds 4096. */
const TASKS_A_RUN = 2000

/** What a sweep needs. */
export interface SweepOptions {
  /** At least the living ones; facts are read anew from the engine. */
  readonly containers: readonly SweepContainer[]
  /** The folder that holds `probe-amd64` and `probe-arm64`. */
  readonly probeFolder: string
  readonly signal: AbortSignal
  /** Called once for each ordered pair, as they become known. */
  readonly onResult: (result: PairResult) => void
}

interface Sweep {
  readonly engine: Engine
  readonly signal: AbortSignal
  readonly topology: Topology
  readonly image: ProbeImage | Reason
}

/**
 * Measures every ordered pair of the containers: one sidecar a network namespace asks all its questions at once. A container that
 * dies meanwhile, or an engine that refuses the probe, gives a reason and not an error. No helper is left when this settles.
 * Errors: `cancelled`; `engine-unreachable` and others of `Engine.do` when the engine itself is lost.
 */
export async function sweep(engine: Engine, options: SweepOptions): Promise<SweepSummary> {
  const { containers, signal, probeFolder, onResult } = options
  const startedAtMs = Date.now()
  const count = { reachable: 0, unreachable: 0, unknown: 0 }
  const topology = await readTopology(engine, containers, signal)
  const members = containers.flatMap(({ id }) => topology.nodes.get(id) ?? [])
  const plans = planSweep(members, topology)
  const image = await prepareProbe(engine, probeFolder)
  await eachLimited(plans, SIDECARS, signal, async (plan) => {
    const outcome = await measure({ engine, signal, topology, image }, plan)
    // A container may have died, or its address gone to another, while we asked.
    const now = plan.tasks.length > 0 ? await refreshTopology(engine, topology, signal) : topology
    for (const pair of plan.pairs) {
      const result = toPairResult(engine.endpointId, pair, outcome, now)
      count[result.verdict]++
      onResult(result)
    }
  })
  return {
    endpointId: engine.endpointId,
    startedAtMs,
    durationMs: Date.now() - startedAtMs,
    containers: members.length,
    pairs: plans.reduce((sum, { pairs }) => sum + pairs.length, 0),
    ...count
  }
}

/** What came of preparing the probe: its image, or why this engine cannot have it. */
async function prepareProbe(engine: Engine, probeFolder: string): Promise<ProbeImage | Reason> {
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
async function measure(sweep: Sweep, plan: SourcePlan): Promise<SourceOutcome> {
  const { image } = sweep
  if (plan.tasks.length === 0) return { answers: new Map(), atMs: Date.now() }
  if ('code' in image) return { answers: new Map(), obstacle: image, atMs: Date.now() }
  const answers = new Map<number, ProbeAnswer>()
  for (let from = 0; from < plan.tasks.length; from += TASKS_A_RUN) {
    const tasks = plan.tasks.slice(from, from + TASKS_A_RUN)
    const part = await runProbe(sweep, image, plan, tasks)
    if (!(part instanceof Map)) return { answers: new Map(), obstacle: part, atMs: Date.now() }
    for (const [task, answer] of part) answers.set(from + task, answer)
  }
  return { answers, atMs: Date.now() }
}

type Answers = Map<number, ProbeAnswer>

/** One run of the probe; again with raw sockets where no ping may be sent without. */
async function runProbe(
  sweep: Sweep,
  image: ProbeImage,
  plan: SourcePlan,
  tasks: readonly string[]
): Promise<Answers | Reason> {
  const first = await attempt(sweep, image, plan, tasks, false)
  if (!(first instanceof Map)) return first
  const pings = [...first.values()].filter(({ task }) => tasks[task]?.startsWith('ping='))
  const denied = pings.length > 0 && pings.every(({ outcome }) => outcome === 'denied')
  return denied ? attempt(sweep, image, plan, tasks, true) : first
}

async function attempt(
  sweep: Sweep,
  image: ProbeImage,
  plan: SourcePlan,
  tasks: readonly string[],
  rawSockets: boolean
): Promise<Answers | Reason> {
  const { engine, signal } = sweep
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
