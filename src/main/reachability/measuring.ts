import type { Engine } from '../engine/engine'
import type { SourcePlan } from './plan'
import type { ProbeAnswer } from './probe-output'

/** How long a ping or a name may take, in ms; all of a source are asked at once. */
export const TIMEOUT_MS = 1000

/** What is needed to measure at an engine. */
export interface Measuring {
  readonly engine: Engine
  /** The folder that holds `probe-amd64` and `probe-arm64`. */
  readonly probeFolder: string
  /** Whether the person has allowed the privileged helper at this engine. */
  readonly isHelperAllowed: boolean
  readonly signal: AbortSignal
}

/** A plan, and what an earlier stage has learned of it: its first `asked` questions are not asked again. */
export interface Job {
  readonly plan: SourcePlan
  readonly asked?: number
  readonly answers?: ReadonlyMap<number, ProbeAnswer>
}
