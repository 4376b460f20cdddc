import { Trans } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { networkLabel, type Network } from '../../shared/networks/model'
import { call } from '../bridge/client'
import { confirm } from '../ui/confirm'
import { dismissFailure } from './attach'
import type { Words } from './sentences'

/** Those that the chart shows on a network. */
export function membersOf(network: Network, containers: readonly Container[]): Container[] {
  return containers.filter(({ attachments }) =>
    attachments.some(
      ({ networkId, networkName }) =>
        networkId === network.id || (networkId === '' && networkName === network.name)
    )
  )
}

/** Asks, says who is on it, and removes a network; those on it are disconnected first, for docker removes only empty ones. */
export function removeNetwork(
  t: Words,
  network: Network,
  containers: readonly Container[],
  networks: readonly Network[]
): void {
  const members = membersOf(network, containers)
  const { endpointId, id: networkId } = network
  dismissFailure()
  confirm({
    title: t('remove.title', { name: networkLabel(network, networks) }),
    body: RemoveBody({ members }),
    verb: t(members.length > 0 ? 'remove.disconnectFirst' : 'actions.remove'),
    isDangerous: true,
    act: async () => {
      for (const { id: containerId } of members)
        await call('networks.disconnect', { endpointId, networkId, containerId })
      await call('networks.remove', { endpointId, networkId })
    }
  })
}

function RemoveBody({ members }: { readonly members: readonly Container[] }) {
  const names = members.map(({ name }) => name).join(', ')
  if (members.length === 0) {
    return (
      <p>
        <Trans ns="networks" i18nKey="remove.empty" />
      </p>
    )
  }
  return (
    <>
      <p>
        <Trans ns="networks" i18nKey="remove.used" values={{ names }} count={members.length} />
      </p>
      <p className="muted">
        <Trans ns="networks" i18nKey="remove.gone" />
      </p>
    </>
  )
}
