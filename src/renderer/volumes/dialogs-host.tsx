import { BackUpDialog, CloneDialog, RestoreDialog } from './copy-dialogs'
import { CreateVolumeDialog } from './create-dialog'
import { useVolumeDialog } from './dialog-store'
import { RemoveVolumeDialog } from './remove-dialog'
import { RemoveVolumesDialog } from './remove-many-dialog'

/** The place of the dialogs about volumes. */
export function VolumeDialogsHost() {
  const { dialog } = useVolumeDialog()
  const close = (): void => useVolumeDialog.setState({ dialog: undefined })
  switch (dialog?.kind) {
    case 'create':
      return <CreateVolumeDialog endpointId={dialog.endpointId} onClose={close} />
    case 'remove':
      return <RemoveVolumeDialog volume={dialog.volume} onClose={close} />
    case 'back-up':
      return <BackUpDialog volume={dialog.volume} onClose={close} />
    case 'clone':
      return <CloneDialog volume={dialog.volume} onClose={close} />
    case 'restore':
      return <RestoreDialog endpointId={dialog.endpointId} volume={dialog.volume} onClose={close} />
    case 'remove-many':
      return <RemoveVolumesDialog {...dialog} onClose={close} />
    case undefined:
      return null
  }
}
