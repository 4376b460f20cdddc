import { create } from 'zustand'
import type { Container } from '../../shared/containers/model'

interface ChangesDialogs {
  readonly open: { readonly what: 'commit' | 'draft'; readonly container: Container } | undefined
}

/** Which of the dialogs on a writable layer is open. */
export const useChangesDialogs = create<ChangesDialogs>(() => ({ open: undefined }))

/** Asks how a container is to be committed. */
export function openCommit(container: Container): void {
  useChangesDialogs.setState({ open: { what: 'commit', container } })
}

/** Shows what a Dockerfile would say. */
export function openDraft(container: Container): void {
  useChangesDialogs.setState({ open: { what: 'draft', container } })
}

export function closeChangesDialog(): void {
  useChangesDialogs.setState({ open: undefined })
}
