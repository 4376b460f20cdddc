import { setTimeout as delay } from 'node:timers/promises'
import { PortolanError } from '../../shared/bridge/errors'
import type { PassedOver, ProbeWay } from '../../shared/reachability/model'
import type { Reason } from '../../shared/reachability/reasons'
import { askByExec } from './by-exec'
import { namespaceEntry } from './by-helper'
import { engineFault } from './fault'
import { runHelper, type HelperPlace } from './helpers'
import { prepareProbe } from './measure'
import type { Measuring } from './measuring'
import type { SourcePlan } from './plan'
import type { ProbeImage } from './probe-image'
import { parseProbeLine, type ProbeAnswer } from './probe-output'

/** Once a second each, and less to wait for an answer, so that a round never runs into the next. */
const OPTIONS = ['--timeout=900', '--follow=1000']
const EXEC_ROUND_MS = 1000

/** Who is told what. */
export interface FollowListener {
  readonly onWay: (way: ProbeWay, passedOver: readonly PassedOver[]) => void
  /** One round of a plan, whole: an answer to each of its questions. */
  readonly onAnswers: (plan: SourcePlan, answers: ReadonlyMap<number, ProbeAnswer>) => void
  /** A plan whose questions nothing here can ask. */
  readonly onFailed: (plan: SourcePlan, reason: Reason) => void
}

/**
 * Asks the questions of the plans once a second, by the best way that is allowed and works, until the signal is aborted, or one of the
 * sources is gone. No helper is left when this settles. Errors: `cancelled`, `engine-unreachable`.
 */
export async function followPlans(
  measuring: Measuring,
  plans: readonly SourcePlan[],
  listener: FollowListener
): Promise<void> {
  const image = await prepareProbe(measuring)
  const passedOver: PassedOver[] = []
  if (!measuring.isHelperAllowed) passedOver.push({ way: 'helper', why: 'not-allowed' })
  else if ('code' in image) passedOver.push({ way: 'helper', ...refusal(image.detail) })
  else {
    listener.onWay('helper', [])
    const refused = await followOnce(measuring, image, 'every-namespace', plans, listener)
    if (!refused) return
    passedOver.push({ way: 'helper', ...refused })
  }
  listener.onWay('sidecar', passedOver)
  const stop = new AbortController()
  const each = { ...measuring, signal: AbortSignal.any([measuring.signal, stop.signal]) }
  const runs = plans.map(async (plan) => {
    const refused =
      'code' in image ? refusal(image.detail) : await followBySidecar(each, image, plan, listener)
    if (!refused) return
    listener.onWay('exec', [...passedOver, { way: 'sidecar', ...refused }])
    await followByExec(each, plan, listener)
  })
  try {
    // The first that ends ends all: the plans are to be made anew.
    await Promise.race(runs)
  } finally {
    stop.abort()
    await Promise.allSettled(runs)
  }
}

/** A sidecar; again with raw sockets where no ping may be sent without. */
async function followBySidecar(
  measuring: Measuring,
  image: ProbeImage,
  plan: SourcePlan,
  listener: FollowListener
): Promise<Refused | undefined> {
  const [member] = plan.joinable
  if (!member) return { why: 'failed' }
  const denied = new AbortController()
  const cautious = { ...measuring, signal: AbortSignal.any([measuring.signal, denied.signal]) }
  const place = { joinId: member.id, rawSockets: false }
  try {
    return await followOnce(cautious, image, place, [plan], {
      ...listener,
      onAnswers: (asked, answers) => {
        if ([...answers.values()].every(({ outcome }) => outcome === 'denied')) denied.abort()
        else listener.onAnswers(asked, answers)
      }
    })
  } catch (thrown) {
    if (measuring.signal.aborted || !denied.signal.aborted) throw thrown
    return followOnce(measuring, image, { ...place, rawSockets: true }, [plan], listener)
  }
}

type Refused = Omit<PassedOver, 'way'>

/** One run of the probe. Answers why, where the engine or the probe refused it; nothing when it ran and ended. */
async function followOnce(
  { engine, signal }: Measuring,
  image: ProbeImage,
  place: HelperPlace,
  plans: readonly SourcePlan[],
  listener: FollowListener
): Promise<Refused | undefined> {
  const gone = new AbortController()
  const rounds = new Rounds(plans, listener, () => gone.abort())
  let printed = ''
  try {
    await runHelper(engine, {
      imageReference: image.reference,
      place,
      options: OPTIONS,
      input: plans.flatMap((plan) => {
        if (place !== 'every-namespace') return plan.tasks
        // No process is known: the probe will say that it is gone.
        return [`--in=${namespaceEntry({ plan }) ?? '0/0'}`, ...plan.tasks]
      }),
      signal: AbortSignal.any([signal, gone.signal]),
      onLine: (line) => {
        if (!rounds.take(line)) printed = line.slice(0, 300)
      }
    })
  } catch (thrown) {
    if (gone.signal.aborted && !signal.aborted) return rounds.refused
    const { engineMessage, message } = engineFault(thrown)
    return refusal(engineMessage ?? message)
  }
  return rounds.hasCome ? undefined : { why: 'failed', ...(printed && { detail: printed }) }
}

function refusal(detail: string | undefined): Refused {
  return { why: 'refused', ...(detail !== undefined && { detail }) }
}

/** Puts the lines of a probe that follows together to rounds. */
class Rounds {
  /** Some round was whole. */
  hasCome = false
  /** Set when the probe could not enter a namespace that is there. */
  refused: Refused | undefined
  readonly #parts: readonly {
    readonly plan: SourcePlan
    readonly first: number
    readonly answers: Map<number, ProbeAnswer>
  }[]
  readonly #listener: FollowListener
  readonly #onGone: () => void

  constructor(plans: readonly SourcePlan[], listener: FollowListener, onGone: () => void) {
    let first = 0
    this.#parts = plans.map((plan) => {
      const part = { plan, first, answers: new Map<number, ProbeAnswer>() }
      first += plan.tasks.length
      return part
    })
    this.#listener = listener
    this.#onGone = onGone
  }

  /** Answers whether the line was the probe's. */
  take(line: string): boolean {
    const said = parseProbeLine(line)
    if (said === undefined) return false
    if (said === 'done') return true
    if ('group' in said) {
      if (said.end === 'denied' || said.end === 'error') {
        this.refused = { why: 'failed', detail: `${said.end} (errno ${said.errno ?? 0})` }
      }
      this.#onGone()
      return true
    }
    const part = this.#parts.findLast(({ first }) => first <= said.task)
    if (!part) return false
    part.answers.set(said.task - part.first, said)
    if (part.answers.size < part.plan.tasks.length) return true
    this.hasCome = true
    const answers = new Map(part.answers)
    part.answers.clear()
    this.#listener.onAnswers(part.plan, answers)
    return true
  }
}

/** One exec after another, each second or as often as they end. Ends when the source cannot be asked any more. */
async function followByExec(
  measuring: Measuring,
  plan: SourcePlan,
  listener: FollowListener
): Promise<void> {
  for (;;) {
    const startedAtMs = Date.now()
    const answers = await askByExec(measuring, { plan })
    if (!(answers instanceof Map)) {
      listener.onFailed(plan, answers)
      // Nothing to be done but to wait until it changes.
      await new Promise((resolve) => measuring.signal.addEventListener('abort', resolve))
      throw new PortolanError({ code: 'cancelled', message: 'Closed.' })
    }
    listener.onAnswers(plan, answers)
    const rest = Math.max(0, EXEC_ROUND_MS - (Date.now() - startedAtMs))
    await delay(rest, undefined, { signal: measuring.signal }).catch(() => undefined)
  }
}
