import { create } from 'zustand'
import type { Container } from '../../../shared/containers/model'

/** The container whose limits the dialog changes. */
export const useLimitsDialog = create<{ readonly container: Container | undefined }>(() => ({
  container: undefined
}))

export function openLimits(container: Container): void {
  useLimitsDialog.setState({ container })
}

export function closeLimits(): void {
  useLimitsDialog.setState({ container: undefined })
}
