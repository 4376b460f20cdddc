import type { BuildEvent, BuildStep } from '../../../shared/builds/model'

/** Takes a build's messages and tells its events. */
export interface ProgressReader {
  /** One message of the engine's stream. Errors: `protocol`. */
  accept(message: Readonly<Record<string, unknown>>): void
  /** The stream has ended; `failure` is what it ended with. Ends the steps that are under way. */
  end(failure?: string): void
  /** The step that failed. */
  readonly failedStep: BuildStep | undefined
  /** `sha256:` and 64 digits, once the engine has told it. */
  readonly imageId: string | undefined
}

/** The steps of one build: merges what is told of each and tells `started`, `updated` and `finished` once each as is right. */
export class Steps {
  readonly #emit: (event: BuildEvent) => void
  readonly #steps = new Map<string, { step: BuildStep; isFinished: boolean }>()

  constructor(emit: (event: BuildEvent) => void) {
    this.#emit = emit
  }

  has(id: string): boolean {
    return this.#steps.has(id)
  }

  get(id: string): BuildStep | undefined {
    return this.#steps.get(id)?.step
  }

  /** Steps that are started and not finished. */
  open(): BuildStep[] {
    return [...this.#steps.values()].filter((it) => !it.isFinished).map((it) => it.step)
  }

  start(step: BuildStep): void {
    this.#steps.set(step.id, { step, isFinished: false })
    this.#emit({ kind: 'step', phase: 'started', step })
  }

  update(id: string, change: Partial<BuildStep>): void {
    const held = this.#steps.get(id)
    if (!held) return
    held.step = { ...held.step, ...change }
    this.#emit({ kind: 'step', phase: 'updated', step: held.step })
  }

  /** Finished once only: BuildKit repeats itself, and a later word on a finished step is an update. */
  finish(id: string, change: Partial<BuildStep>): void {
    const held = this.#steps.get(id)
    if (!held) return
    if (held.isFinished) {
      const isNew = Object.entries(change).some(
        ([key, value]) => held.step[key as keyof BuildStep] !== value
      )
      if (isNew) this.update(id, change)
      return
    }
    held.isFinished = true
    held.step = { ...held.step, ...change }
    this.#emit({ kind: 'step', phase: 'finished', step: held.step })
  }
}
