import { createContext, useContext } from 'react'
import type { ImageFacts } from './image-facts'
import type { FieldFault, RunForm } from './run-form'

/** What every field of the form needs. */
export interface RunContext {
  readonly form: RunForm
  readonly setForm: (form: RunForm) => void
  readonly faults: readonly FieldFault[]
  /** What the chosen image brings with it; absent while it is not here. */
  readonly image: ImageFacts | undefined
  /** The container that is changed: what it holds itself is not taken by another. */
  readonly editedId: string | undefined
}

export const RunFormContext = createContext<RunContext | undefined>(undefined)

export function useRunContext(): RunContext {
  const context = useContext(RunFormContext)
  if (!context) throw new Error('a field of the run form outside of it')
  return context
}
