import type { Builder, BuildEvent, BuildStep } from '../../../shared/builds/model'
import { LogLines } from './log-lines'

/** How a step stands. `stopped`: it was given up, because another failed or the build was cancelled. */
export type StepState = 'running' | 'cached' | 'done' | 'failed' | 'stopped'

/** A step as the window shows it. */
export interface ShownStep {
  readonly step: BuildStep
  readonly state: StepState
}

/** What a build has told so far. It changes in place; `version` grows with every change. */
export class BuildLog {
  readonly lines: LogLines
  version = 0
  builder: Builder | undefined
  upload: { readonly sentBytes: number; readonly totalBytes: number } | undefined
  readonly warnings: { readonly message: string; readonly line?: number }[] = []
  readonly #steps = new Map<string, ShownStep>()

  constructor(lines = new LogLines()) {
    this.lines = lines
  }

  accept(events: readonly BuildEvent[]): void {
    for (const event of events) this.#accept(event)
    this.version++
  }

  /** In the order in which they began; `isCancelled` says that the build ended so. */
  steps(isCancelled = false): readonly ShownStep[] {
    const steps = [...this.#steps.values()]
    const last = steps.at(-1)
    // The classic builder does not tell that a cancel left its last step undone.
    const isUndone =
      last?.state === 'running' || (last?.state === 'done' && this.builder === 'classic')
    if (isCancelled && last && isUndone) steps[steps.length - 1] = { ...last, state: 'stopped' }
    return steps
  }

  #accept(event: BuildEvent): void {
    switch (event.kind) {
      case 'builder':
        this.builder = event.builder
        return
      case 'upload':
        this.upload = event
        return
      case 'step':
        this.#acceptStep(event.step, event.phase === 'finished')
        return
      case 'log':
        this.lines.add(event.text, event.stream, event.stepId)
        return
      case 'warning':
        this.warnings.push(event)
        return
      case 'result':
        return
    }
  }

  #acceptStep(step: BuildStep, isFinished: boolean): void {
    const before = this.#steps.get(step.id)
    // A later word on a finished step (`updated`) does not make it run again.
    const state =
      isFinished || (before && before.state !== 'running') ? endOf(step) : ('running' as const)
    this.#steps.set(step.id, { step, state })
  }
}

function endOf(step: BuildStep): StepState {
  if (step.error !== undefined) return /context canceled/.test(step.error) ? 'stopped' : 'failed'
  if (step.isCached) return 'cached'
  return step.durationMs === undefined ? 'stopped' : 'done'
}
