import { create } from 'zustand'

/** The places of the rail. */
export type Section =
  | 'containers'
  | 'images'
  | 'builds'
  | 'networks'
  | 'volumes'
  | 'disk'
  | 'registries'
  | 'engine'
  | 'settings'

interface UiState {
  readonly section: Section
  /** The endpoint that the window shows. */
  readonly endpointId: string | undefined
  readonly paletteOpen: boolean
}

/** What the window shows, apart from the engine's own state. */
export const useUi = create<UiState>(() => ({
  section: 'containers',
  endpointId: undefined,
  paletteOpen: false
}))

export function showSection(section: Section): void {
  useUi.setState({ section })
}
