import { rowKey } from '../../../shared/state'
import { useMirror } from '../../bridge/mirror'
import { ContainerNetworksDialog } from './container-networks-dialog'
import { closeNetworkDialog, useNetworkDialog } from './dialog-store'
import { NetworkMembersDialog } from './network-members-dialog'
import { PruneDialog } from './prune-dialog'

/** The place of the dialogs on networks; one in the window. They show the rows as they are now, and go with them. */
export function NetworkDialogsHost() {
  const dialog = useNetworkDialog()
  const container = useMirror((state) =>
    dialog?.kind === 'container' ? state.containers.get(rowKey(dialog.container)) : undefined
  )
  const network = useMirror((state) =>
    dialog?.kind === 'network' ? state.networks.get(rowKey(dialog.network)) : undefined
  )
  if (dialog?.kind === 'prune') return <PruneDialog onClose={closeNetworkDialog} />
  if (container)
    return <ContainerNetworksDialog container={container} onClose={closeNetworkDialog} />
  return network && <NetworkMembersDialog network={network} onClose={closeNetworkDialog} />
}
