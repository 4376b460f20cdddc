import { RemoveManyDialog } from './remove-many-dialog'
import { RenameDialog } from './rename-dialog'
import { closeContainerDialog, useContainerDialog } from './dialog-store'
import { StopDialog } from './stop-dialog'

/** The place of the dialogs about containers. */
export function ContainerDialogsHost() {
  const { dialog } = useContainerDialog()
  switch (dialog?.kind) {
    case 'rename':
      return <RenameDialog container={dialog.container} onClose={closeContainerDialog} />
    case 'stop':
      return <StopDialog containers={dialog.containers} onClose={closeContainerDialog} />
    case 'remove-many':
      return (
        <RemoveManyDialog
          which={dialog.which}
          containers={dialog.containers}
          onClose={closeContainerDialog}
        />
      )
    case undefined:
      return null
  }
}
