import { CommitDialog } from './commit-dialog'
import { closeChangesDialog, useChangesDialogs } from './changes-store'
import { DraftDialog } from './draft-dialog'

/** Where the dialogs on a writable layer appear. */
export function ChangesHost() {
  const { open } = useChangesDialogs()
  if (!open) return null
  const Dialog = open.what === 'commit' ? CommitDialog : DraftDialog
  return <Dialog container={open.container} onClose={closeChangesDialog} />
}
