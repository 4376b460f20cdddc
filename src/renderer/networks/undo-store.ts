import { create } from 'zustand'

/** Something that was done on the view, and how it is taken back. */
interface Step {
  readonly endpointId: string
  /** What taking it back does, in words. */
  readonly title: string
  /** What to say when it fails. */
  readonly failedTitle: string
  readonly run: () => Promise<unknown>
}

const MOST_STEPS = 50

const useSteps = create<{ readonly steps: readonly Step[] }>(() => ({ steps: [] }))

/** Remembers how something is taken back. */
export function remember(step: Step): void {
  useSteps.setState(({ steps }) => ({ steps: [...steps.slice(1 - MOST_STEPS), step] }))
}

/** What was done last at an endpoint, and can be taken back. */
export function useLastStep(endpointId: string): Step | undefined {
  return useSteps(({ steps }) => steps.findLast((step) => step.endpointId === endpointId))
}

/** Hands out what was done last at an endpoint, to be taken back; it is not offered again. */
export function takeLastStep(endpointId: string): Step | undefined {
  const last = useSteps.getState().steps.findLast((step) => step.endpointId === endpointId)
  useSteps.setState(({ steps }) => ({ steps: steps.filter((step) => step !== last) }))
  return last
}
