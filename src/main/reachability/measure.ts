import type { PassedOver } from '../../shared/reachability/model'
import { askByExec } from './by-exec'
import { askByHelper } from './by-helper'
import { askBySidecar, type Answered } from './by-sidecar'
import { engineFault } from './fault'
import { eachLimited } from './limit'
import type { Job, Measuring } from './measuring'
import { buildProbeImage, ensureProbeImage, type ProbeImage } from './probe-image'
import type { ProbeAnswer } from './probe-output'
import type { SourceOutcome } from './results'

/** Sidecars or execs at once: measured best on 2 cores (4: a third slower, 16: the same). They mostly wait for what never comes. */
const AT_ONCE = 8

/** What came of one job. */
export interface Measured {
  readonly job: Job
  readonly outcome: SourceOutcome
}

type Refusal = Exclude<Answered, Map<number, ProbeAnswer>>

/**
 * Asks the questions of every plan and hands the outcomes over as they come. It is done by the best way that is allowed and works: one
 * privileged helper for all, else a sidecar a namespace, else the image's own ping; the outcome says which, and why no better one. A
 * source that dies meanwhile, or an engine that refuses everything, is part of the outcome. No helper is left when this settles.
 * Errors: `cancelled`; `engine-unreachable` and others of `Engine.do` when the engine itself is lost.
 */
export async function measure(
  measuring: Measuring,
  jobs: readonly Job[],
  onMeasured: (measured: readonly Measured[]) => Promise<void>
): Promise<void> {
  const [silent, asking] = [
    jobs.filter(({ plan, asked = 0 }) => plan.tasks.length === asked),
    jobs.filter(({ plan, asked = 0 }) => plan.tasks.length > asked)
  ]
  if (silent.length > 0) {
    await onMeasured(silent.map((job) => ({ job, outcome: outcomeOf(job, { passedOver: [] }) })))
  }
  if (asking.length === 0) return
  const image = await prepareProbe(measuring)
  const { rest, passedOver } = await measureByHelper(measuring, image, asking, onMeasured)
  await eachLimited(rest, AT_ONCE, measuring.signal, async (job) => {
    const worse = passedOver.get(job) ?? []
    await onMeasured([{ job, outcome: await measureAlone(measuring, image, job, worse) }])
  })
}

/** What came of preparing the probe: its image, or why this engine cannot have it. */
export async function prepareProbe({
  engine,
  probeFolder
}: Pick<Measuring, 'engine' | 'probeFolder'>): Promise<ProbeImage | Refusal> {
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

/** Answers which jobs are left for the other ways, and why. */
async function measureByHelper(
  measuring: Measuring,
  image: ProbeImage | Refusal,
  jobs: readonly Job[],
  onMeasured: (measured: readonly Measured[]) => Promise<void>
): Promise<{ readonly rest: readonly Job[]; readonly passedOver: Map<Job, PassedOver[]> }> {
  const passedOver = new Map<Job, PassedOver[]>()
  if (!measuring.isHelperAllowed || 'code' in image) {
    const why: PassedOver =
      measuring.isHelperAllowed && 'code' in image
        ? { way: 'helper', ...refused(image) }
        : { way: 'helper', why: 'not-allowed' }
    for (const job of jobs) passedOver.set(job, [why])
    return { rest: jobs, passedOver }
  }
  const made = await askByHelper(measuring, image, jobs)
  const measured: Measured[] = []
  for (const [job, result] of made) {
    if ('why' in result) passedOver.set(job, [result])
    else {
      const outcome = outcomeOf(job, { answers: result, way: 'helper', passedOver: [] })
      measured.push({ job, outcome })
    }
  }
  await onMeasured(measured)
  return { rest: [...passedOver.keys()], passedOver }
}

/** One source by itself: by a sidecar, and where the engine refuses that, by its own ping. */
async function measureAlone(
  measuring: Measuring,
  image: ProbeImage | Refusal,
  job: Job,
  passedOver: readonly PassedOver[]
): Promise<SourceOutcome> {
  const bySidecar = 'code' in image ? image : await askBySidecar(measuring, image, job)
  if (bySidecar instanceof Map) {
    return outcomeOf(job, { answers: bySidecar, way: 'sidecar', passedOver })
  }
  const worse = [...passedOver, { way: 'sidecar', ...refused(bySidecar) } as const]
  const isRefused = ['probe-refused', 'engine-architecture'].includes(bySidecar.obstacle)
  if (!isRefused) return outcomeOf(job, { obstacle: bySidecar, passedOver: worse })
  const byExec = await askByExec(measuring, job)
  if (byExec instanceof Map)
    return outcomeOf(job, { answers: byExec, way: 'exec', passedOver: worse })
  // The engine's refusal of the better way says more than that the image has no ping.
  const last = { way: 'exec', ...refused(byExec) } as const
  return outcomeOf(job, { obstacle: bySidecar, passedOver: [...worse, last] })
}

function refused({ obstacle, detail }: Refusal): Omit<PassedOver, 'way'> {
  const why = ['probe-refused', 'engine-architecture'].includes(obstacle) ? 'refused' : 'failed'
  return { why, ...(detail !== undefined && { detail }) }
}

function outcomeOf(
  { answers = new Map() }: Job,
  more: Partial<SourceOutcome> & Pick<SourceOutcome, 'passedOver'>
): SourceOutcome {
  return { ...more, answers: new Map([...answers, ...(more.answers ?? [])]), atMs: Date.now() }
}
