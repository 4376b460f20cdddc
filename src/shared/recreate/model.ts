import type { ErrorData } from '../bridge/errors'

/**
 * The steps of a recreation, in their order. Up to `wait` each can be undone; with `remove` the old container goes and there is no
 * way back. Each is written to the journal on disk before it is done.
 *
 * - `create`: the new container, under a name for the time being
 * - `connect`: it to every network beyond its first, with aliases and fixed addresses
 * - `stop`: the old one, within its own grace
 * - `park`: the old one gets a name for the time being
 * - `name`: the new one gets the name
 * - `start`: the new one; left out with `wait` where the old one did not run
 * - `wait`: until it is healthy, or has run for a moment where it has no health check
 * - `remove`: the old one; its volumes stay
 */
export const RECREATE_STEPS = [
  'create',
  'connect',
  'stop',
  'park',
  'name',
  'start',
  'wait',
  'remove'
] as const

export type RecreateStep = (typeof RECREATE_STEPS)[number]

/** A volume of the old container that the new one mounts at the same place. */
export interface CarriedVolume {
  readonly volume: string
  readonly place: string
  readonly readOnly: boolean
}

/** What a recreation's task says as it goes. */
export type RecreateEvent =
  /** What is known before anything is done. */
  | {
      readonly kind: 'planned'
      readonly steps: readonly RecreateStep[]
      /** Mounted without being named by the new container: the old one's anonymous volumes among them. */
      readonly carried: readonly CarriedVolume[]
      /** Volumes that the new one mounts no longer; they stay on the engine. */
      readonly leftVolumes: readonly string[]
      /** Containers that live in the old one's network: they lose it, and must be recreated after. */
      readonly joinedBy: readonly string[]
      /** The image that the container runs, by its id, where its name means another one by now (or nothing) and it stays. */
      readonly keptImageId?: string
    }
  | { readonly kind: 'step'; readonly step: RecreateStep }
  /** Health of the new container while it is waited for. */
  | { readonly kind: 'health'; readonly status: string }
  /** It failed (or was cancelled) and the old container is being put back. */
  | { readonly kind: 'rolling-back'; readonly error: ErrorData }
  /** The old container is back under its name, and runs if it did. `madeVolumes`: anonymous ones of the new one, which stay. */
  | { readonly kind: 'rolled-back'; readonly madeVolumes: readonly string[] }

/** What a recreation's task ends with. */
export interface RecreateResult {
  /** The new container. */
  readonly containerId: string
  readonly leftVolumes: readonly string[]
  readonly joinedBy: readonly string[]
}

/** How an interrupted recreation was brought to an end: the old container put back, or the new one kept. */
export type RepairOutcome = 'rolled-back' | 'finished' | 'gone'

/** What a repair's task ends with. `madeVolumes`: anonymous ones of a new container that is gone; empty or not, they stay on the engine. */
export interface RepairResult {
  readonly outcome: RepairOutcome
  readonly madeVolumes: readonly string[]
}
