import { create } from 'zustand'
import type { Container } from '../../shared/containers/model'
import type { RunSpec } from '../../shared/run/model'
import { parseRunLine } from '../../shared/run/parse'
import { EMPTY_FORM, formOf, type RunForm } from './form/run-form'

/** What the run form was opened for. */
export interface RunRequest {
  /** Grows with each opening, so that each begins anew. */
  readonly number: number
  readonly form: RunForm
  /** The line as it was pasted; absent where the form writes it. */
  readonly line?: string
  /** The container that is changed, and what it is now; absent when a new one is made. */
  readonly edited?: { readonly container: Container; readonly spec: RunSpec }
}

interface RunState {
  readonly request: RunRequest | undefined
  /** What was filled in when the form was closed without running. */
  readonly draft: RunForm | undefined
}

export const useRun = create<RunState>(() => ({ request: undefined, draft: undefined }))

let opened = 0

function open(request: Omit<RunRequest, 'number'>): void {
  opened += 1
  useRun.setState({ request: { ...request, number: opened } })
}

/** Opens the form with what was left in it, or empty. */
export function openRunForm(): void {
  open({ form: useRun.getState().draft ?? EMPTY_FORM })
}

export function openRunSpec(spec: RunSpec): void {
  open({ form: formOf(spec) })
}

/** Opens the form filled from a `docker run` line; its faults are shown under it. */
export function openRunLine(line: string): void {
  open({ form: formOf(parseRunLine(line).spec), line })
}

/** Opens the form on a container that is there. */
export function openEdit(container: Container, spec: RunSpec): void {
  open({ form: formOf(spec), edited: { container, spec } })
}

/** Closes the form; `draft` is what to begin with the next time. */
export function closeRunForm(draft?: RunForm): void {
  useRun.setState({ request: undefined, draft })
}
