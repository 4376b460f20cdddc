import { create } from 'zustand'

/** The three ways to read the one truth. */
export const MODES = ['chart', 'matrix', 'list'] as const
export type Mode = (typeof MODES)[number]

/** What is selected, in every mode the same; by the engine's ids. */
export type Selected =
  | { readonly kind: 'container'; readonly id: string }
  | { readonly kind: 'network'; readonly id: string }
  | { readonly kind: 'pair'; readonly sourceId: string; readonly targetId: string }

interface ViewState {
  readonly mode: Mode
  readonly selected: Selected | undefined
  /** Whether containers that do not run are shown. */
  readonly showStopped: boolean
  /** Of a selected container: what it reaches, or what reaches it. */
  readonly direction: 'from' | 'to'
  /** Only what these words are found in is shown. */
  readonly filter: string
  /** Only this container and its neighbours are shown. */
  readonly focusId: string | undefined
  readonly isCreating: boolean
  /** Whether the question about the helper is open. */
  readonly isAskingConsent: boolean
}

/** What the networks' view shows; it outlives a change of section. */
export const useView = create<ViewState>(() => ({
  mode: 'chart',
  selected: undefined,
  showStopped: true,
  direction: 'from',
  filter: '',
  focusId: undefined,
  isCreating: false,
  isAskingConsent: false
}))

export function select(selected: Selected | undefined): void {
  useView.setState({ selected })
}

/** Shows a container with all that it shares a network with, and nothing else. */
export function focusOn(containerId: string | undefined): void {
  useView.setState({ focusId: containerId })
}

/** Lets go of the selection, else of the neighbourhood, else of the words. */
export function stepBack(): void {
  const { selected, focusId } = useView.getState()
  if (selected) select(undefined)
  else if (focusId !== undefined) focusOn(undefined)
  else useView.setState({ filter: '' })
}
